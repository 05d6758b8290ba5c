using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore;

/// <summary>What a request to change something says: a feature of such requests.</summary>
/// <param name="Body">What it says, or null where it is refused.</param>
/// <param name="Refusal">How to refuse it, or null.</param>
internal sealed record ReceivedBody(RequestBody? Body, IResult? Refusal)
{
    /// <summary>
    /// Takes in the whole body before anybody is asked whether the session is current: one sent slowly would otherwise be
    /// acted on in the name of a session that ended on the way.
    /// </summary>
    internal sealed class First : IEndpointFilter
    {
        public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            var http = context.HttpContext;
            if (HttpMethods.IsPost(http.Request.Method) || HttpMethods.IsPatch(http.Request.Method))
            {
                var (body, refusal) = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
                http.Features.Set(new ReceivedBody(body, refusal));
            }

            return await next(context);
        }
    }
}
