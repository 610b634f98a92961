using System.Globalization;
using BlueTechWave.Web.Api;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BlueTechWave.Web.Faults;

/// <summary>
/// What somebody hears when the store is away or too many have come: a 503 that says when to come back, as a page for readers, with
/// what was sent still in it; in one line for scripts and feed readers.
/// </summary>
internal static class FaultAnswers
{
    public static IApplicationBuilder UseFaultAnswers(this IApplicationBuilder app)
    {
        var log = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(FaultAnswers));
        var watch = app.ApplicationServices.GetRequiredService<StoreWatch>();
        return app.Use(async (http, next) =>
        {
            try
            {
                await next(http);
            }
            catch (Exception e) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested && Faults.Of(e) is not null)
            {
                var fault = Faults.Of(e)!.Value;
                // What was read is told of once; whoever lost a save is each worth a line.
                if (!IsReading(http.Request)) log.LogError(e, "{Method} {Path} could not be done; it was answered 503.", http.Request.Method, http.Request.Path);
                else if (Faults.IsOfStore(fault)) watch.Failed(e);
                await AnswerAsync(http, fault);
            }
        });
    }

    internal static bool IsReading(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    /// <summary>Takes back what was said of an answer that never came. What keeps any answer safe stays.</summary>
    internal static void TakeBack(HttpResponse response)
    {
        var headers = response.Headers;
        (headers.ContentEncoding, headers.ETag, headers.LastModified, headers.Location, headers.Link, headers.SetCookie, headers.CacheControl, headers.Vary) = (default, default, default, default, default, default, default, default);
        (response.StatusCode, response.ContentType, response.ContentLength) = (StatusCodes.Status200OK, null, null);
    }

    private static async Task AnswerAsync(HttpContext http, Fault fault)
    {
        var response = http.Response;
        TakeBack(response);
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = ((int)Faults.Lasts(fault).TotalSeconds).ToString(CultureInfo.InvariantCulture);
        response.Headers.CacheControl = "no-store";
        http.Items[typeof(Fault)] = fault;
        if (http.GetEndpoint()?.Metadata.GetMetadata<ForPrograms>() is not null)
        {
            await new Problem(ProblemType.Unavailable, ProblemType.Unavailable.Says).WriteAsync(http);
            return;
        }

        // Met once more while the page about it was made, it is said without one.
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is null && IsForEyes(http))
        {
            await SentAgain.KeepAsync(http);
            return;
        }

        var words = FaultWords.Brief(fault, isSaving: !IsReading(http.Request));
        if (IsScript(http.Request))
        {
            await response.WriteAsJsonAsync(new { error = words }, http.RequestAborted);
            return;
        }

        response.ContentType = "text/plain; charset=utf-8";
        await response.WriteAsync(words + "\n", http.RequestAborted);
    }

    // Pages have a page for it; what is asked for by scripts, feed readers and caches of pictures has not.
    private static bool IsForEyes(HttpContext http) =>
        !IsScript(http.Request) && (http.GetEndpoint() is not { } asked || asked.Metadata.GetMetadata<PageActionDescriptor>() is not null);

    // Browsers say whether somebody goes to a page or a script asks for it.
    private static bool IsScript(HttpRequest request) =>
        KeptForm.IsScript(request) || request.Headers["Sec-Fetch-Mode"].ToString() is "cors" or "same-origin";
}
