using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace TaskApi.Reference;

/// <summary>Names and explains the operations of <c>MapIdentityApi</c>, which come without.</summary>
internal sealed class AccountOperations : IOpenApiOperationTransformer
{
    private static readonly Dictionary<(string Method, string Path), (string Id, string Summary, string Description)> Texts = new()
    {
        [("POST", "register")] = ("Register", "Create an account", "With an email address and a password."),
        [("POST", "login")] = ("SignIn", "Sign in", "With `useCookies=true` the session is a cookie, as the pages have it."),
        [("POST", "refresh")] = ("RefreshSignIn", "Refresh a sign-in without cookies", "Takes the refresh token that signing in gave."),
        [("GET", "confirmEmail")] = ("ConfirmEmail", "Confirm an email address", "The link in the message that was sent to it leads here."),
        [("POST", "resendConfirmationEmail")] =
            ("ResendConfirmationEmail", "Ask for another confirmation message", "Answers the same whether or not there is such an account."),
        [("POST", "forgotPassword")] =
            ("ForgotPassword", "Ask for a code to reset a password", "Answers the same whether or not there is such an account."),
        [("POST", "resetPassword")] = ("ResetPassword", "Reset a password", "Takes the code that was sent to the account's address."),
        [("POST", "manage/2fa")] = ("ChangeTwoFactor", "Change two-factor sign-in", "Turns it on or off, and tells the key of the authenticator."),
        [("GET", "manage/info")] = ("GetAccount", "Show your account", "Its email address, and whether that is confirmed."),
        [("POST", "manage/info")] = ("ChangeAccount", "Change your account", "Its email address or its password."),
    };

    public Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var path = context.Description.RelativePath?.Split("api/auth/", 2)[^1];
        if (Texts.TryGetValue((context.Description.HttpMethod ?? "", path ?? ""), out var text))
        {
            (operation.OperationId, operation.Summary, operation.Description) = text;
        }

        return Task.CompletedTask;
    }
}
