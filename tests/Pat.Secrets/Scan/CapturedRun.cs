using System.Text;

namespace Pat.Secrets.Scan;

/// <summary>The directory of a captured run: what was said, and beside it which secrets were made.</summary>
public sealed class CapturedRun(string directory)
{
    /// <summary>The folder of the files in which processes note the secrets they make, a line each.</summary>
    public const string SecretsFolder = "secrets";

    /// <summary>A line of them with a key in base64, not a token.</summary>
    public const string KeyMark = "key ";

    /// <summary>How many secrets are noted.</summary>
    public int Secrets { get; private set; }

    /// <summary>How many bytes were scanned.</summary>
    public long Bytes { get; private set; }

    /// <summary>The lines with a secret in them: file, encoding, and the line as far as the secret.</summary>
    public IReadOnlyList<string> Scan()
    {
        var known = ReadSecrets();
        Secrets = known.Count;
        var scanner = new SecretScanner(known);
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal))
        {
            Scan(file, scanner, found);
        }

        return found;
    }

    private void Scan(string file, SecretScanner scanner, List<string> found)
    {
        // A line is short, and no encoding goes over its end, UTF-16 aside, whose line ends are two bytes.
        using var reader = new BufferedStream(File.OpenRead(file), 1 << 20);
        var line = new List<byte>();
        var number = 1;
        for (var value = reader.ReadByte(); ; value = reader.ReadByte())
        {
            if (value is '\n' or -1)
            {
                var bytes = line.ToArray();
                Bytes += bytes.Length;
                found.AddRange(scanner.Scan(bytes).Select(finding => Describe(file, number, bytes, finding)));
                line.Clear();
                number++;
            }
            else
            {
                line.Add((byte)value);
            }

            if (value < 0)
            {
                return;
            }
        }
    }

    private static string Describe(string file, int line, byte[] bytes, Finding finding) =>
        $"{Path.GetFileName(file)}:{line} ({finding.How}): {Encoding.UTF8.GetString(bytes.AsSpan(0, finding.Index))}***";

    private KnownSecrets ReadSecrets()
    {
        var known = new KnownSecrets();
        var folder = Path.Combine(directory, SecretsFolder);
        foreach (var line in Directory.Exists(folder) ? Directory.EnumerateFiles(folder).SelectMany(File.ReadLines).Distinct() : [])
        {
            if (line.StartsWith(KeyMark, StringComparison.Ordinal))
            {
                known.AddBytes(Convert.FromBase64String(line[KeyMark.Length..]));
            }
            else
            {
                known.AddToken(line);
            }
        }

        return known;
    }
}
