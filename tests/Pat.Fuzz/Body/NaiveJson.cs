using System.Globalization;
using System.Text;

namespace Pat.Fuzz;

/// <summary>JSON read a second time, as RFC 8259 has it, at most 64 deep.</summary>
internal sealed class NaiveJson
{
    /// <summary>What a value begins with: <c>{ [ " t f n</c>, or <c>0</c> for a number.</summary>
    public required char Kind { get; init; }

    /// <summary>A string's text, or null where it is not well-formed Unicode; a number as it is written.</summary>
    public string? Text { get; init; }

    public List<NaiveJson> Items { get; } = [];

    /// <summary>An object's, each with its name, or null where that is not well-formed Unicode.</summary>
    public List<(string? Name, NaiveJson Value)> Members { get; } = [];

    /// <summary>Null where it is none.</summary>
    public static NaiveJson? Read(byte[] bytes)
    {
        var reader = new Reader(bytes);
        try
        {
            var value = reader.Value(0);
            reader.Space();
            return reader.IsAtEnd ? value : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private sealed class Reader(byte[] bytes)
    {
        private const int MaxDepth = 64;

        private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

        private int _at;

        public bool IsAtEnd => _at == bytes.Length;

        private char Peek => _at < bytes.Length ? (char)bytes[_at] : '\0';

        public void Space()
        {
            while (Peek is ' ' or '\t' or '\r' or '\n')
            {
                _at++;
            }
        }

        public NaiveJson Value(int depth)
        {
            Space();
            switch (Peek)
            {
                case '{' when depth < MaxDepth:
                    var members = new NaiveJson { Kind = '{' };
                    List('}', () =>
                    {
                        Space();
                        var name = String();
                        Space();
                        Take(':');
                        members.Members.Add((name, Value(depth + 1)));
                    });
                    return members;

                case '[' when depth < MaxDepth:
                    var items = new NaiveJson { Kind = '[' };
                    List(']', () => items.Items.Add(Value(depth + 1)));
                    return items;

                case '"':
                    return new NaiveJson { Kind = '"', Text = String() };

                case 't':
                    return Word("true");

                case 'f':
                    return Word("false");

                case 'n':
                    return Word("null");

                default:
                    return Number();
            }
        }

        private void List(char end, Action element)
        {
            _at++;
            Space();
            if (Peek == end)
            {
                _at++;
                return;
            }

            while (true)
            {
                element();
                Space();
                if (Peek == end)
                {
                    _at++;
                    return;
                }

                Take(',');
            }
        }

        private NaiveJson Word(string word)
        {
            foreach (var character in word)
            {
                Take(character);
            }

            return new NaiveJson { Kind = word[0] };
        }

        private NaiveJson Number()
        {
            var start = _at;
            _at += Peek == '-' ? 1 : 0;
            if (Peek == '0')
            {
                _at++;
            }
            else
            {
                Digits();
            }

            if (Peek == '.')
            {
                _at++;
                Digits();
            }

            if (Peek is 'e' or 'E')
            {
                _at++;
                _at += Peek is '+' or '-' ? 1 : 0;
                Digits();
            }

            return new NaiveJson { Kind = '0', Text = Encoding.ASCII.GetString(bytes, start, _at - start) };
        }

        private void Digits()
        {
            var start = _at;
            while (char.IsAsciiDigit(Peek))
            {
                _at++;
            }

            if (_at == start)
            {
                throw new FormatException();
            }
        }

        /// <summary>Bytes and escapes in turn; null where what comes out is no text.</summary>
        private string? String()
        {
            Take('"');
            var text = new StringBuilder();
            var isBroken = false;
            while (Peek != '"')
            {
                if (Peek == '\\')
                {
                    _at++;
                    text.Append(Escape());
                    continue;
                }

                var start = _at;
                while (_at < bytes.Length && Peek is >= ' ' and not '"' and not '\\')
                {
                    _at++;
                }

                if (_at == start)
                {
                    throw new FormatException();
                }

                isBroken |= !TryAppend(text, bytes.AsSpan(start, _at - start));
            }

            _at++;
            return isBroken || HasHalfAPair(text.ToString()) ? null : text.ToString();
        }

        private char Escape()
        {
            var escape = Peek;
            _at++;
            if (escape != 'u')
            {
                var which = "\"\\/bfnrt".IndexOf(escape, StringComparison.Ordinal);
                return which < 0 ? throw new FormatException() : "\"\\/\b\f\n\r\t"[which];
            }

            var digits = _at + 4 <= bytes.Length ? Encoding.ASCII.GetString(bytes, _at, 4) : "";
            _at += 4;
            return digits.Length == 4 && digits.All(char.IsAsciiHexDigit)
                ? (char)ushort.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                : throw new FormatException();
        }

        private void Take(char character)
        {
            if (IsAtEnd || Peek != character)
            {
                throw new FormatException();
            }

            _at++;
        }

        private static bool TryAppend(StringBuilder text, ReadOnlySpan<byte> utf8)
        {
            try
            {
                text.Append(Strict.GetString(utf8));
                return true;
            }
            catch (DecoderFallbackException)
            {
                return false;
            }
        }

        private static bool HasHalfAPair(string text) =>
            text.Where((character, at) => char.IsSurrogate(character) && !IsPaired(text, at)).Any();

        private static bool IsPaired(string text, int at) => char.IsHighSurrogate(text[at])
            ? at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
            : at > 0 && char.IsHighSurrogate(text[at - 1]);
    }
}
