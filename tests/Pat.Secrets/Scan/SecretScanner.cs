namespace Pat.Secrets.Scan;

/// <summary>
/// Looks for secrets in bytes: any piece of one that is known, and any whole token, known or not; as text, and as text in
/// UTF-16, percent-encoding, base64 and hexadecimal digits, and in two of these on top of each other.
/// </summary>
public sealed class SecretScanner(KnownSecrets secrets)
{
    private const int Depth = 2;

    /// <summary>The secrets in <paramref name="bytes"/>, one for each place at most.</summary>
    public IReadOnlyList<Finding> Scan(ReadOnlySpan<byte> bytes)
    {
        var findings = new List<Finding>();
        Scan(bytes, "text", 0, Depth, findings);
        return findings;
    }

    private void Scan(ReadOnlySpan<byte> bytes, string how, int index, int depth, List<Finding> findings)
    {
        var at = secrets.IndexIn(bytes) is var piece and >= 0 ? piece : WellFormedToken.IndexIn(bytes);
        if (at >= 0)
        {
            findings.Add(new Finding(how, how == "text" ? at : index));
            return;
        }

        if (depth > 0)
        {
            Encodings.EachIn(bytes, (encoding, inner, meant) =>
                Scan(meant, how == "text" ? encoding : $"{how}, {encoding}", how == "text" ? inner : index, depth - 1, findings));
        }
    }
}
