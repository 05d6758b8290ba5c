using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore.UI;

/// <summary>What a request for a page is answered with: a component to show, or another page to go to.</summary>
internal sealed record Page
{
    private Page()
    {
    }

    /// <summary>The component that shows it.</summary>
    public Type? Component { get; private init; }

    /// <summary>What the component shows.</summary>
    public object? Model { get; private init; }

    /// <summary>Its title and heading.</summary>
    public string Title { get; private init; } = "";

    /// <summary>The answer's status.</summary>
    public int Status { get; private init; }

    /// <summary>Where to go, or null where there is something to show.</summary>
    public string? Location { get; private init; }

    /// <summary>Whether to sign in on the way there.</summary>
    public bool NeedsSignIn { get; private init; }

    public static Page Of<TComponent>(string title, object model, int status = StatusCodes.Status200OK)
        where TComponent : IComponent => new() { Component = typeof(TComponent), Model = model, Title = title, Status = status };

    /// <summary>Another page, for which the browser asks by itself.</summary>
    public static Page At(string location) => new() { Location = location };

    /// <summary>The user signs in, whether or not there is a session, and comes back.</summary>
    public static Page SignIn(string returnTo) => new() { Location = returnTo, NeedsSignIn = true };
}
