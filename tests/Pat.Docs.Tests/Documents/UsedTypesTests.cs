using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Pat.Docs.Tests;

/// <summary>What docs/security.md says that the packages do not use is not in what was built of them.</summary>
public sealed class UsedTypesTests
{
    private const string Client = "Pat.Client";
    private const string Cryptography = "System.Security.Cryptography";

    /// <summary>11.4.1 of the ASVS: SHA-256, HMAC-SHA-256 and Argon2id, and the CRC-32 of the checksum.</summary>
    private static readonly string[] Hashes =
        ["Konscious.Security.Cryptography.Argon2", "Konscious.Security.Cryptography.Argon2id", $"{Cryptography}.HMACSHA256", $"{Cryptography}.SHA256", "System.IO.Hashing.Crc32"];

    /// <summary>What is used of the namespaces of hashes and is none.</summary>
    private static readonly string[] NoHashes =
        [$"{Cryptography}.CryptographicException", $"{Cryptography}.CryptographicOperations", $"{Cryptography}.HashAlgorithm", $"{Cryptography}.RandomNumberGenerator"];

    /// <summary>Namespaces of what asks other servers. Redis and PostgreSQL are asked by their own libraries, at addresses of the configuration.</summary>
    private static readonly string[] Networks =
        ["System.Net.Http", "System.Net.Mail", "System.Net.NetworkInformation", "System.Net.Security", "System.Net.Sockets", "System.Net.WebSockets", "Microsoft.Extensions.Http"];

    [Fact]
    public void No_hash_is_used_but_those_that_are_documented()
    {
        var used = Packages.All.SelectMany(package => TypesIn(package.Location))
            .Where(type => type.Namespace is Cryptography or "Konscious.Security.Cryptography" or "System.IO.Hashing")
            .Select(type => $"{type.Namespace}.{type.Name}").Distinct().Except(NoHashes);

        Assert.Equal(Hashes.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_package_but_the_client_asks_other_servers()
    {
        var asking = Packages.All.Where(static package => package.GetName().Name != Client)
            .SelectMany(static package => TypesIn(package.Location).Where(Asks).Select(type => $"{package.GetName().Name}: {type.Namespace}.{type.Name}"));

        Assert.Empty(asking);
    }

    /// <summary>The search finds what it looks for.</summary>
    [Fact]
    public void The_client_does() =>
        Assert.Contains(("System.Net.Http", "HttpMessageHandler"), TypesIn(Packages.All.Single(static package => package.GetName().Name == Client).Location).Where(Asks));

    /// <summary>A family of addresses and the name of a method ask nobody.</summary>
    private static bool Asks((string Namespace, string Name) type) =>
        (Networks.Contains(type.Namespace) && type is not ("System.Net.Sockets", "AddressFamily") and not ("System.Net.Http", "HttpMethod"))
        || type is ("System.Net", "WebRequest" or "WebClient" or "Dns");

    private static IEnumerable<(string Namespace, string Name)> TypesIn(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return [.. metadata.TypeReferences.Select(metadata.GetTypeReference).Select(type => (metadata.GetString(type.Namespace), metadata.GetString(type.Name)))];
    }
}
