using System.Globalization;
using System.Security.Claims;
using System.Text;

namespace Pat.AspNetCore.Tests;

/// <summary>The identity of a token makes its claims when they are asked for, and nobody can tell it from an ordinary one.</summary>
public sealed class TokenIdentityTests
{
    private const string Scheme = "Bearer";

    private static readonly string[] Types =
    [
        ClaimTypes.NameIdentifier, ClaimTypes.Name, ClaimTypes.Role, "scope", "pat_id", "amr", "tenant", "added", "nowhere", "",
    ];

    private static readonly string[] Values = ["alice", "Alice", "admin", "read", "write", "pat", "7", "8", "new", "Read", ""];

    [Fact]
    public void Its_claims_are_the_owner_the_token_the_scopes_and_what_the_owner_has()
    {
        var (identity, ordinary) = Create();

        Assert.Equal(Describe(ordinary.Claims), Describe(identity.Claims));
        Assert.All(identity.Claims, claim => Assert.Same(identity, claim.Subject));
    }

    [Fact]
    public void A_claim_is_the_same_object_however_it_is_found_and_whatever_happens_to_the_identity_later()
    {
        var (identity, _) = Create();
        var tenant = identity.FindFirst("tenant")!;
        var scope = identity.FindAll("SCOPE").Last();
        tenant.Properties["note"] = "kept";

        AssertSame();
        identity.AddClaim(new Claim("added", "new"));
        AssertSame();
        identity.RemoveClaim(identity.FindFirst("added"));
        AssertSame();

        void AssertSame()
        {
            Assert.Same(tenant, identity.FindFirst("Tenant"));
            Assert.Same(tenant, identity.FindFirst(claim => claim.Value == "7"));
            Assert.Same(tenant, identity.FindAll(claim => claim.Type == "tenant").First());
            Assert.Same(tenant, identity.Claims.First(claim => claim.Type == "tenant"));
            Assert.Contains(scope, identity.Claims);
            Assert.Equal("kept", tenant.Properties["note"]);
        }
    }

    [Fact]
    public async Task A_claim_is_the_same_object_for_all_who_ask_at_once()
    {
        for (var round = 0; round < 50; round++)
        {
            var (identity, ordinary) = Create();
            using var start = new Barrier(4);

            var found = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return number == 0 ? [.. identity.Clone().Claims] : identity.Claims.ToList();
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));

            Assert.Equal(Describe(ordinary.Claims), Describe(found[0]));
            Assert.All(found[1..], claims => Assert.Equal(identity.Claims, claims, ReferenceEqualityComparer.Instance));
        }
    }

    [Fact]
    public void What_is_done_to_one_identity_no_other_one_of_the_same_state_sees()
    {
        var (state, ownerClaims) = State();
        var options = new PersonalAccessTokenAuthenticationOptions();
        var first = new TokenIdentity(state, PersonalAccessTokenFormat.FormatId(state.Id), ownerClaims, Scheme, options);
        var second = new TokenIdentity(state, PersonalAccessTokenFormat.FormatId(state.Id), ownerClaims, Scheme, options);
        var before = Describe(second.Claims);

        first.FindFirst("tenant")!.Properties["note"] = "mine";
        first.AddClaim(new Claim("added", "new"));
        first.RemoveClaim(first.FindFirst("scope"));

        Assert.Equal(before, Describe(second.Claims));
        Assert.Equal(before, Describe(new TokenIdentity(state, PersonalAccessTokenFormat.FormatId(state.Id), ownerClaims, Scheme, options).Claims));
        Assert.All(ownerClaims, claim => Assert.DoesNotContain("note", claim.Properties));
    }

    [Fact]
    public void A_copy_that_names_a_type_of_its_own_is_known_as_a_tokens_and_has_no_scope()
    {
        var (identity, _) = Create();

        var copy = new ClaimsIdentity(identity, [new Claim("extra", "1")], "Own type", null, null);

        Assert.Equal(["pat_id", "extra"], copy.Claims.Select(claim => claim.Type));
    }

    [Fact]
    public void Every_copy_has_all_claims()
    {
        var copies = new Func<ClaimsIdentity, ClaimsIdentity>[]
        {
            identity => identity.Clone(),
            identity => new ClaimsIdentity(identity),
            identity => new ClaimsIdentity(identity, [new Claim("added", "new")]),
            identity => (ClaimsIdentity)new ClaimsPrincipal(identity).Clone().Identity!,
            identity => (ClaimsIdentity)new ClaimsPrincipal(new ClaimsPrincipal(identity)).Identity!,
            Written,
            identity => (ClaimsIdentity)Written(new ClaimsPrincipal(identity)).Identity!,
        };
        foreach (var copy in copies)
        {
            var (identity, ordinary) = Create();
            Assert.Equal(Observe(copy(ordinary)), Observe(copy(identity)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_is_done_to_it_in_whatever_order_it_answers_as_an_ordinary_identity_does(int seed)
    {
        for (var round = 0; round < 100; round++)
        {
            var random = new Random((seed * 1_000) + round);
            var (identity, ordinary) = Create();
            ClaimsIdentity one = identity;
            for (var step = 0; step < 12; step++)
            {
                var act = Act(random);
                var (ofOne, ofOther) = (Answer(act, ref one), Answer(act, ref ordinary));
                Assert.Equal(ofOther, ofOne);
            }

            Assert.Equal(Observe(ordinary), Observe(one));
        }
    }

    [Fact]
    public void A_principal_finds_claims_and_roles_by_it()
    {
        var (identity, _) = Create();
        var principal = new ClaimsPrincipal(identity);

        Assert.True(principal.IsInRole("admin"));
        Assert.False(principal.IsInRole("owner"));
        Assert.True(principal.HasClaim("scope", "write"));
        Assert.Equal("Alice", principal.Identity!.Name);
        Assert.Equal("alice", principal.FindFirstValue(ClaimTypes.NameIdentifier));
        Assert.Equal(["read", "write"], principal.FindAll("scope").Select(claim => claim.Value));
    }

    private delegate object? Action(ref ClaimsIdentity identity);

    /// <summary>One thing to do to an identity, the same for each that it is done to.</summary>
    private static Action Act(Random random)
    {
        var type = Cased(Types[random.Next(Types.Length)], random);
        var value = Values[random.Next(Values.Length)];
        var index = random.Next(10);
        return random.Next(16) switch
        {
            0 => (ref ClaimsIdentity identity) => Describe(identity.FindFirst(type)),
            1 => (ref ClaimsIdentity identity) => Describe(identity.FindAll(type)),
            2 => (ref ClaimsIdentity identity) => identity.HasClaim(type, value),
            3 => (ref ClaimsIdentity identity) => Describe(identity.FindFirst(claim => claim.Value == value)),
            4 => (ref ClaimsIdentity identity) => Describe(identity.FindAll(claim => claim.Value == value)),
            5 => (ref ClaimsIdentity identity) => identity.HasClaim(claim => claim.Type == type),
            6 => (ref ClaimsIdentity identity) => Describe(identity.Claims),
            7 => (ref ClaimsIdentity identity) => (identity.Name, identity.IsAuthenticated, identity.NameClaimType, identity.RoleClaimType, identity.Label),
            8 => (ref ClaimsIdentity identity) => identity.AuthenticationType,
            9 => (ref ClaimsIdentity identity) => Done(identity, static (changed, claim) => changed.AddClaim(claim), new Claim(type, value)),
            10 => (ref ClaimsIdentity identity) => Done(identity, static (changed, claim) => changed.AddClaims([claim, claim]), new Claim(type, value)),
            11 => (ref ClaimsIdentity identity) => identity.TryRemoveClaim(identity.Claims.ElementAtOrDefault(index)),
            12 => (ref ClaimsIdentity identity) => identity.TryRemoveClaim(new Claim(type, value)),
            13 => (ref ClaimsIdentity identity) => Done(identity, static (changed, claim) => changed.RemoveClaim(claim), new Claim(type, value)),
            14 => (ref ClaimsIdentity identity) => (identity.Label = value).Length,
            _ => (ref ClaimsIdentity identity) => Observe(identity = index switch
            {
                < 4 => identity.Clone(),
                < 7 => new ClaimsIdentity(identity),
                _ => Written(identity),
            }),
        };
    }

    private static object? Answer(Action act, ref ClaimsIdentity identity)
    {
        try
        {
            return act(ref identity);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return exception.GetType();
        }
    }

    private static int Done(ClaimsIdentity identity, Action<ClaimsIdentity, Claim> change, Claim claim)
    {
        change(identity, claim);
        return identity.Claims.Count();
    }

    private static string Cased(string type, Random random) => random.Next(3) switch
    {
        0 => type.ToUpperInvariant(),
        1 => type.ToLowerInvariant(),
        _ => type,
    };

    private static (TokenIdentity Identity, ClaimsIdentity Ordinary) Create()
    {
        var (state, ownerClaims) = State();
        var options = new PersonalAccessTokenAuthenticationOptions();
        var ordinary = new ClaimsIdentity(
            [
                new Claim("pat_id", PersonalAccessTokenFormat.FormatId(state.Id)),
                new Claim(options.OwnerIdClaimType, state.OwnerId),
                new Claim("amr", "pat"),
                .. state.Scopes.Select(scope => new Claim("scope", scope)),
                .. ownerClaims,
            ],
            Scheme,
            options.NameClaimType,
            options.RoleClaimType);
        return (new TokenIdentity(state, PersonalAccessTokenFormat.FormatId(state.Id), ownerClaims, Scheme, options), ordinary);
    }

    private static (TokenState State, Claim[] OwnerClaims) State()
    {
        var token = new PersonalAccessToken { Id = Guid.AllBitsSet, OwnerId = "alice", Name = "ci", Scopes = ["write"] };
        var tenant = new Claim("tenant", "7", ClaimValueTypes.Integer, "directory", "elsewhere");
        tenant.Properties["region"] = "eu";
        Claim[] claims = [new(ClaimTypes.Name, "Alice"), new(ClaimTypes.Role, "admin"), new(ClaimTypes.Role, "reader"), tenant, new("Tenant", "8")];
        return (new TokenState(token, null, PersonalAccessTokenRefusal.None, new(["write"], ["read", "write"]), default), claims);
    }

    private static string Observe(ClaimsIdentity identity)
    {
        var seen = new StringBuilder(Describe(identity.Claims));
        foreach (var type in Types)
        {
            seen.Append(CultureInfo.InvariantCulture, $"{Describe(identity.FindAll(type))}{Describe(identity.FindFirst(type.ToUpperInvariant()))}");
            foreach (var value in Values)
            {
                seen.Append(identity.HasClaim(type, value) ? '+' : '-');
            }
        }

        return seen
            .Append(CultureInfo.InvariantCulture, $"{identity.Name} {identity.IsAuthenticated} {identity.AuthenticationType} {identity.Label} {identity.Actor} {identity.BootstrapContext} ")
            .Append(CultureInfo.InvariantCulture, $"{identity.NameClaimType} {identity.RoleClaimType} {identity.Claims.All(claim => claim.Subject == identity)}")
            .ToString();
    }

    private static string Describe(IEnumerable<Claim> claims) => string.Join('\n', claims.Select(Describe));

    private static string Describe(Claim? claim) => claim is null
        ? "none"
        : $"{claim.Type}={claim.Value} ({claim.ValueType}, {claim.Issuer}, {claim.OriginalIssuer}) {string.Join(',', claim.Properties)}";

    private static ClaimsIdentity Written(ClaimsIdentity identity)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        identity.WriteTo(writer);
        writer.Flush();
        stream.Position = 0;
        return new ClaimsIdentity(new BinaryReader(stream));
    }

    private static ClaimsPrincipal Written(ClaimsPrincipal principal)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        principal.WriteTo(writer);
        writer.Flush();
        stream.Position = 0;
        return new ClaimsPrincipal(new BinaryReader(stream));
    }
}
