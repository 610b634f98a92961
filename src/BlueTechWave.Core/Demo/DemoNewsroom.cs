using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Demo;

/// <summary>How far the loading has come, in articles.</summary>
public readonly record struct DemoProgress(int Done, int Of);

/// <summary>Fills an empty store with an invented newsroom (Content/README.md tells the format).</summary>
public static class DemoNewsroom
{
    public static async Task<bool> IsNeededAsync(NewsDbContext db) =>
        !await db.Articles.AnyAsync() && !await db.Categories.AnyAsync() && !await db.Authors.AnyAsync();

    public static Task LoadAsync(NewsDbContext db, DateTime now, TimeZoneInfo zone, IProgress<DemoProgress> progress) => throw new NotImplementedException();
}
