using System.Globalization;
using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Security;

/// <summary>How often one address may comment, and how often anybody under one article. Asked where the answer can keep the reader's words.</summary>
public sealed class CommentLimits(IOptions<RateLimitOptions> allowed, SharedCounts shared) : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly SharedLimit _byAddress = new("comment from", allowed.Value.CommentsPerMinute, Window, shared);
    private readonly SharedLimit _byArticle = new("comment under", allowed.Value.CommentsPerArticlePerMinute, Window, shared);

    /// <summary>How long to wait, and for whom it is too much; null where it may pass.</summary>
    public async ValueTask<(TimeSpan Wait, string Why)?> TakeAsync(string address, int articleId)
    {
        if (await _byAddress.RefuseAsync(address) is { } own) return (Wait(own), $"You have sent {allowed.Value.CommentsPerMinute} within a minute.");
        return await _byArticle.RefuseAsync(articleId.ToString(CultureInfo.InvariantCulture)) is { } all ? (Wait(all), "Many are writing here at this moment.") : null;
    }

    public void Dispose()
    {
        _byAddress.Dispose();
        _byArticle.Dispose();
    }

    private static TimeSpan Wait(TimeSpan after) => after > TimeSpan.FromSeconds(1) ? after : TimeSpan.FromSeconds(1);
}
