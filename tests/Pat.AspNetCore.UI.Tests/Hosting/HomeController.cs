using Microsoft.AspNetCore.Mvc;

namespace Pat.AspNetCore.UI.Tests;

/// <summary>A page of an MVC application.</summary>
public sealed class HomeController : Controller
{
    public IActionResult Index() => Content("Home of the application");

    /// <summary>Leaves a message for the next page.</summary>
    public IActionResult Leave()
    {
        TempData["message"] = "Welcome back";
        return NoContent();
    }
}
