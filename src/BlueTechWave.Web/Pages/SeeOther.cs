using Microsoft.AspNetCore.Mvc;

namespace BlueTechWave.Web.Pages;

/// <summary>303: read the result elsewhere, by GET (RFC 9110, 15.4.4).</summary>
internal sealed class SeeOther(string to) : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context)
    {
        context.HttpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.HttpContext.Response.Headers.Location = to;
        return Task.CompletedTask;
    }
}
