using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Pat.TestSupport;

namespace Pat.AspNetCore.UI.Tests;

/// <summary>How an application with the settings page is made. What is left out is the usual.</summary>
internal sealed class PageAppSettings
{
    /// <summary>Where the page is mapped.</summary>
    public string Path { get; init; } = PageApp.Path;

    /// <summary>What the application is besides. The page is mapped after that, unless <see cref="MapsPageFirst"/>.</summary>
    public HostKind Host { get; init; } = HostKind.MinimalApi;

    public bool MapsPageFirst { get; init; }

    public Action<PersonalAccessTokenOptions>? Tokens { get; init; }

    public Action<PersonalAccessTokenUIOptions>? UI { get; init; }

    public Action<PersonalAccessTokenManagementOptions>? Management { get; init; }

    public Action<PersonalAccessTokenAuthenticationOptions>? Scheme { get; init; }

    public Action<AuthenticationBuilder>? Authentication { get; init; }

    /// <summary>Services of the application's own, before those of tokens.</summary>
    public Action<WebApplicationBuilder>? Services { get; init; }

    /// <summary>The middlewares, before the endpoints.</summary>
    public Action<WebApplication>? Pipeline { get; init; }

    /// <summary>How the page is mapped, where it is not simply at <see cref="Path"/>.</summary>
    public Action<WebApplication>? Map { get; init; }

    public TestOwners? Owners { get; init; }

    /// <summary>A database that other nodes use too; it is not the application's to remove.</summary>
    public TestDatabase? Database { get; init; }

    /// <summary>A folder with the keys of data protection that other nodes use too.</summary>
    public DirectoryInfo? Keys { get; init; }
}
