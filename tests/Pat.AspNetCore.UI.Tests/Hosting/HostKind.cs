namespace Pat.AspNetCore.UI.Tests;

/// <summary>The kinds of application that the page has to work in.</summary>
public enum HostKind
{
    /// <summary>Endpoints alone: no Razor, no files.</summary>
    MinimalApi,

    /// <summary>Controllers with views; the page is shown in a Razor view and its layout.</summary>
    Mvc,

    /// <summary>Razor Pages; the page is shown in a Razor view and its layout.</summary>
    RazorPages,

    /// <summary>Blazor with routed components; the page is shown in a component layout.</summary>
    Blazor,
}
