using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore.TestSupport;

/// <summary>A provider elsewhere, as OpenID Connect is one: it challenges by sending people away.</summary>
internal sealed class RemoteProvider(IOptionsMonitor<RemoteAuthenticationOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : RemoteAuthenticationHandler<RemoteAuthenticationOptions>(options, logger, encoder)
{
    public const string Name = "Elsewhere";

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Redirect("https://elsewhere.example/");
        return Task.CompletedTask;
    }

    protected override Task<HandleRequestResult> HandleRemoteAuthenticateAsync() =>
        Task.FromResult(HandleRequestResult.Fail("Nobody comes back in these tests."));
}
