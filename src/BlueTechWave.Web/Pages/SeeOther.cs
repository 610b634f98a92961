using Microsoft.AspNetCore.Mvc;

namespace BlueTechWave.Web.Pages;

/// <summary>303: read the result elsewhere, by GET (RFC 9110, 15.4.4).</summary>
internal sealed class SeeOther(string to) : IActionResult, IResult
{
    public Task ExecuteResultAsync(ActionContext context) => ExecuteAsync(context.HttpContext);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = to;
        return Task.CompletedTask;
    }
}
