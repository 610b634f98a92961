using System.Globalization;
using System.Text;
using BlueTechWave.Core;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Audit;
using BlueTechWave.Web.Imports;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Options;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace BlueTechWave.Web.Pages.Newsroom.Settings;

/// <summary>What the page of moving in sends to and asks: a file as large as an export is, how far it has come, the whole report.</summary>
public static class ImportEndpoints
{
    private const string Page = "/newsroom/settings/import";

    /// <summary>Of the fields beside the file.</summary>
    private const int FieldAtMost = 4096;

    /// <summary>Of the lines between the parts.</summary>
    private const int Around = 64 << 10;

    public static void MapImports(this IEndpointRouteBuilder app)
    {
        var most = app.ServiceProvider.GetRequiredService<IOptions<ImportOptions>>().Value.Bytes;
        var import = app.MapGroup(Page).RequireAuthorization(nameof(Act.Import));
        import.MapPost("/file", BringAsync).WithMetadata(new RequestSizeLimitAttribute(most + Around));
        import.MapPost("/pictures", BringPicturesAsync).WithMetadata(new RequestSizeLimitAttribute(most + Around));
        import.MapGet("/progress", Progress);
        import.MapGet("/report", (HttpContext http, ImportKeeping keeping, ImportFolder folder) => Report(http, folder, "import", keeping.InHand?.Report));
        import.MapGet("/check", (HttpContext http, ImportKeeping keeping, ImportFolder folder) => Report(http, folder, "addresses", keeping.InHand?.Parity?.Report));
    }

    private static Task<IResult> BringAsync(HttpContext http, ImportKeeping keeping, ImportFolder folder, WhoActs acts, IAntiforgery antiforgery) =>
        TakeAsync(http, keeping, folder, antiforgery, async (name, file, uploads) => await keeping.BringAsync(name, file, uploads, acts()) is null ? null : "busy");

    /// <summary>A ZIP of pictures waits beside the exports until one is tried or imported with it.</summary>
    private static Task<IResult> BringPicturesAsync(HttpContext http, ImportKeeping keeping, ImportFolder folder, IAntiforgery antiforgery) =>
        TakeAsync(http, keeping, folder, antiforgery, (name, file, _) =>
        {
            var brought = new FileInfo(folder.At(file));
            if (Imports.Uploads.WhyNot(brought) is not null) return Task.FromResult<string?>("zip");
            brought.MoveTo(folder.At($"{ImportFolder.Brought}{(Slug.From(Path.GetFileNameWithoutExtension(name)) is { Length: > 0 } slug ? slug : "old")}.zip"), overwrite: true);
            return Task.FromResult<string?>(null);
        });

    /// <summary>The form is read as it arrives: its fields, then the file, straight to the disk.</summary>
    /// <param name="take">Given how whoever brought it calls it, its name in the folder, and the pictures chosen for it. Answers why not.</param>
    private static async Task<IResult> TakeAsync(HttpContext http, ImportKeeping keeping, ImportFolder folder, IAntiforgery antiforgery, Func<string, string, string, Task<string?>> take)
    {
        if (!http.Request.HasFormContentType || HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(http.Request.ContentType).Boundary).Value is not { Length: > 0 and < 200 } boundary) return Results.BadRequest();
        if (keeping.InHand is { IsUnderWay: true }) return Back("busy");

        // As slow as it comes: a long file by a thin line is no attack.
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate) rate.MinDataRate = null;
        var (uploads, file) = ("", "");
        try
        {
            var reader = new MultipartReader(boundary, http.Request.Body);
            while (await reader.ReadNextSectionAsync(http.RequestAborted) is { } part)
            {
                if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var named)) continue;
                switch (HeaderUtilities.RemoveQuotes(named.Name).Value)
                {
                    case "__RequestVerificationToken": http.Request.Headers["RequestVerificationToken"] = await TextAsync(part, http.RequestAborted); break;
                    case "uploads": uploads = await TextAsync(part, http.RequestAborted); break;
                    case "file":
                        // The token comes before it: what is not ours is not written down.
                        if (!await antiforgery.IsRequestValidAsync(http)) return Results.BadRequest();
                        file = await KeepAsync(part.Body, folder, http.RequestAborted);
                        if (new FileInfo(folder.At(file)).Length is 0) return Refuse("none");
                        return await take(NameOf(named), file, uploads) is { } why ? Refuse(why) : Back();
                }
            }

            return Back("none");
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or BadHttpRequestException or InvalidDataException)
        {
            if (file.Length > 0) File.Delete(folder.At(file));
            return e is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } ? Back("large") : Back("broken");
        }

        SeeOther Refuse(string why)
        {
            File.Delete(folder.At(file));
            return Back(why);
        }
    }

    private static SeeOther Back(string? wrong = null) => new(wrong is null ? Page : $"{Page}?wrong={wrong}");

    private static async Task<string> TextAsync(MultipartSection part, CancellationToken cancellation)
    {
        var text = new byte[FieldAtMost];
        var read = await part.Body.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancellation);
        return Encoding.UTF8.GetString(text, 0, read);
    }

    private static async Task<string> KeepAsync(Stream part, ImportFolder folder, CancellationToken cancellation)
    {
        var name = $"brought-{Guid.NewGuid():n}";
        try
        {
            await using var file = new FileStream(folder.At(name), FileMode.CreateNew);
            await part.CopyToAsync(file, cancellation);
            return name;
        }
        catch
        {
            File.Delete(folder.At(name));
            throw;
        }
    }

    private static string NameOf(ContentDispositionHeaderValue part)
    {
        var name = Path.GetFileName(HeaderUtilities.RemoveQuotes(part.FileNameStar.HasValue ? part.FileNameStar : part.FileName).Value ?? "").Trim();
        return name.Length == 0 ? "export" : name.Length > 120 ? name[..120] : name;
    }

    private static IResult Progress(HttpContext http, ImportKeeping keeping)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(new { underWay = keeping.InHand is { IsUnderWay: true }, share = keeping.Meter?.Share ?? 0, words = Words(keeping.Meter) });
    }

    /// <summary>How far it is, for a person.</summary>
    internal static string Words(ImportMeter? meter) => meter is null ? "" : string.Create(CultureInfo.InvariantCulture,
        $"{(meter.Things > 0 ? $"{meter.Things:N0} things, " : "")}{meter.Share:P0} of the file{(meter.Left is { } left ? $", about {(left.TotalMinutes < 1 ? "a minute" : $"{left.TotalMinutes:N0} minutes")} left" : "")}");

    private static IResult Report(HttpContext http, ImportFolder folder, string what, string? report)
    {
        http.Response.Headers.CacheControl = "no-store";
        return report is { Length: > 0 } && File.Exists(folder.At(report)) ? Results.File(folder.At(report), "text/plain; charset=utf-8", $"{what}-{report}") : Results.NotFound();
    }
}
