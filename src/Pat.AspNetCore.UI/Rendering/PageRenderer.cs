using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Pat.AspNetCore.UI.Components;

namespace Pat.AspNetCore.UI;

/// <summary>Answers with a page: alone, in a component layout of the application, or in a Razor view of it.</summary>
internal sealed class PageRenderer(
    IAntiforgery antiforgery,
    Texts texts,
    PageHeaders headers,
    TimeProvider timeProvider,
    ILoggerFactory loggers,
    IOptions<PersonalAccessTokenUIOptions> options,
    IOptions<PersonalAccessTokenOptions> tokenOptions)
{
    private readonly PersonalAccessTokenUIOptions _options = options.Value;

    public Times Times => new(_options.TimeZone, texts, timeProvider.GetUtcNow());

    public async Task SendAsync(HttpContext http, PagePaths paths, Page page)
    {
        // Before the body begins: it sets a cookie.
        var context = new PageContext(paths, texts, Times, antiforgery.GetAndStoreTokens(http), page, tokenOptions.Value.MaxStaleness);
        await headers.SetAsync(http, isOwnDocument: _options is { Layout: null, View: null });
        if (_options.View is { } view)
        {
            http.Response.StatusCode = page.Status;
            await SendInViewAsync(http, view, context);
            return;
        }

        var result = new RazorComponentResult<Root>(new Dictionary<string, object?>
        {
            [nameof(Root.Context)] = context,
            [nameof(Root.Layout)] = _options.Layout ?? typeof(Document),
        })
        {
            StatusCode = page.Status,
            PreventStreamingRendering = true,
        };
        http.Response.OnStarting(static state => ForbidPatching((IHeaderDictionary)state), http.Response.Headers);
        await result.ExecuteAsync(http);
    }

    /// <summary>Blazor's script would put the page into the one before it, where the page's own script does not run.</summary>
    private static Task ForbidPatching(IHeaderDictionary headers)
    {
        headers.Remove("blazor-enhanced-nav");
        return Task.CompletedTask;
    }

    private static Task Save(ITempDataDictionary tempData)
    {
        tempData.Save();
        return Task.CompletedTask;
    }

    private async Task SendInViewAsync(HttpContext http, string view, PageContext context)
    {
        var services = http.RequestServices;
        var viewData = new ViewDataDictionary<IHtmlContent>(services.GetRequiredService<IModelMetadataProvider>(), new ModelStateDictionary())
        {
            Model = await RenderAsync(services, context),
            ["Title"] = context.Page.Title,
        };

        // Outside a controller nothing else saves that the layout has shown a message of the page before.
        var tempData = services.GetRequiredService<ITempDataDictionaryFactory>().GetTempData(http);
        http.Response.OnStarting(static state => Save((ITempDataDictionary)state), tempData);
        var result = new ViewResult
        {
            ViewName = view,
            ViewData = viewData,
            TempData = tempData,
            StatusCode = context.Page.Status,
        };
        await services.GetRequiredService<IActionResultExecutor<ViewResult>>()
            .ExecuteAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor()), result);
    }

    private async Task<IHtmlContent> RenderAsync(IServiceProvider services, PageContext context)
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return new HtmlString(await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<Root>(ParameterView.FromDictionary(
                new Dictionary<string, object?> { [nameof(Root.Context)] = context }));
            return root.ToHtmlString();
        }));
    }
}
