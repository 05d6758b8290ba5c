using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Pat.AspNetCore;

/// <summary>Describes a parameter that an endpoint reads by hand, as the framework describes those that it binds itself.</summary>
internal sealed class RequestParameter(ParameterInfo parameter) : IParameterBindingMetadata
{
    public string Name => parameter.Name!;

    public bool HasTryParse => false;

    public bool HasBindAsync => false;

    public ParameterInfo ParameterInfo => parameter;

    public bool IsOptional => parameter.IsOptional;

    /// <summary>The parameters of a delegate in <see cref="ManagementRequests"/>.</summary>
    public static object[] Of<TDelegate>()
        where TDelegate : Delegate =>
        [.. typeof(TDelegate).GetMethod(nameof(Action.Invoke))!.GetParameters().Select(parameter => new RequestParameter(parameter))];
}
