using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Links;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Media;

/// <summary>
/// What others show with a link to an article that has no picture: its headline, drawn. One size, one for each headline an
/// article has: an address with any other mark in it leads nowhere.
/// </summary>
internal static class HeadlineCards
{
    private const int MarkLength = 16;

    /// <summary>The card's picture; that of the cover where a headline has letters that we have no type for.</summary>
    public static ShareImage Of(int id, string slug, string headline) =>
        id > 0 && HeadlineCard.CanSet(headline) ? new(string.Create(CultureInfo.InvariantCulture, $"/media/cards/{id}/{Mark(headline)}.jpg"), headline) : Covers.Card(slug);

    public static async Task ServeAsync(HttpContext http)
    {
        var (id, name) = (int.Parse((string)http.Request.RouteValues["id"]!, CultureInfo.InvariantCulture), (string)http.Request.RouteValues["name"]!);
        var services = http.RequestServices;
        var headline = await services.GetRequiredService<NewsDbContext>().Articles.Published().Where(a => a.Id == id).Select(a => a.Headline).FirstOrDefaultAsync(http.RequestAborted);
        if (headline is null || name != $"{Mark(headline)}.jpg" || !HeadlineCard.CanSet(headline))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (http.IsKnown(Mark(headline))) return;
        var card = await services.GetRequiredService<PictureLibrary>().CardAsync($"card-{Mark(headline)}.jpg", headline, services.GetRequiredService<SiteFacts>().Name);
        await http.SendAsync(card, name, Mark(headline));
    }

    private static string Mark(string headline) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"1/{headline}")))[..MarkLength];
}
