using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Pat.AspNetCore.UI.Components;

namespace Pat.AspNetCore.UI;

/// <summary>A page in its frame, and around both a layout where one is given.</summary>
internal sealed class Root : ComponentBase
{
    [Parameter, EditorRequired]
    public required PageContext Context { get; set; }

    /// <summary>The layout, or null for the page's content alone.</summary>
    [Parameter]
    public Type? Layout { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenComponent<CascadingValue<PageContext>>(0);
        builder.AddComponentParameter(1, nameof(CascadingValue<PageContext>.Value), Context);
        builder.AddComponentParameter(2, nameof(CascadingValue<PageContext>.IsFixed), true);
        builder.AddComponentParameter(3, nameof(CascadingValue<PageContext>.ChildContent), (RenderFragment)BuildLayout);
        builder.CloseComponent();
    }

    private void BuildLayout(RenderTreeBuilder builder)
    {
        if (Layout is null)
        {
            BuildFrame(builder);
            return;
        }

        builder.OpenComponent<LayoutView>(0);
        builder.AddComponentParameter(1, nameof(LayoutView.Layout), Layout);
        builder.AddComponentParameter(2, nameof(LayoutView.ChildContent), (RenderFragment)BuildFrame);
        builder.CloseComponent();
    }

    private void BuildFrame(RenderTreeBuilder builder)
    {
        builder.OpenComponent<Frame>(0);
        builder.AddComponentParameter(1, nameof(Frame.ChildContent), (RenderFragment)BuildPage);
        builder.CloseComponent();
    }

    private void BuildPage(RenderTreeBuilder builder)
    {
        builder.OpenComponent(0, Context.Page.Component!);
        builder.CloseComponent();
    }
}
