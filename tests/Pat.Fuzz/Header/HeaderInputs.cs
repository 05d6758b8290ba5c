namespace Pat.Fuzz;

/// <summary>Authorization headers that have a token of ours, or nearly.</summary>
internal static class HeaderInputs
{
    private static readonly string[] Schemes = ["Bearer", "bearer", "bEARER", "BEARER", "Bearer", "Basic", "Token", "Bearerx", ""];
    private static readonly string[] Gaps = [" ", " ", " ", "  ", "      ", "\t", " \t", "", "\u00a0", "\u2003"];
    private static readonly string[] Margins = ["", "", "", "", " ", "\t", "  \t ", "\u00a0", "\v", "\u3000"];
    private static readonly string[] Values = ["pat_x", "acme_x", "acme_ci_x", "acme_cix", "pat_", "PAT_x", "patient_x", "pat", "eyJh.e30.x", "pat_a pat_b", "xpat_y", ""];
    private static readonly string[] Joints = [",", ", ", " ,", ",,", "\n", "\n", " , \t"];

    public static string Draw(Random random)
    {
        var header = One(random);
        for (var more = random.Next(3) == 0 ? random.Next(1, 4) : 0; more > 0; more--)
        {
            header += Pick(random, Joints) + One(random);
        }

        return header;
    }

    private static string One(Random random) =>
        Pick(random, Margins) + Pick(random, Schemes) + Pick(random, Gaps) + Pick(random, Values) + Pick(random, Margins);

    private static string Pick(Random random, string[] texts) => texts[random.Next(texts.Length)];
}
