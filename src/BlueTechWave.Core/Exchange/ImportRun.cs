using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Exchange;

/// <summary>One run of an import: what it writes to, when, and what it remembers of those before.</summary>
internal sealed record ImportRun(NewsDbContext Db, string Source, DateTime Now, TimeZoneInfo Zone, ImportReport Report)
{
    /// <summary>How the history names it.</summary>
    public const string By = "the import";

    /// <summary>Who decides on comments that come with their state.</summary>
    public static readonly Actor Mover = Actor.System with { Name = By };

    /// <summary>What earlier runs made of these, by their ids at the source.</summary>
    public Task<Dictionary<string, ImportedItem>> KnownAsync(ImportedKind kind, IEnumerable<string> ids)
    {
        var asked = ids.Distinct().ToList();
        return Db.ImportedItems.Where(i => i.Source == Source && i.Kind == kind && asked.Contains(i.SourceId)).ToDictionaryAsync(i => i.SourceId);
    }

    /// <summary>Of these as the source had them then.</summary>
    public Task<Dictionary<string, string>> KnownHashesAsync(ImportedKind kind, IEnumerable<string> ids)
    {
        var asked = ids.ToList();
        return Db.ImportedItems.Where(i => i.Source == Source && i.Kind == kind && asked.Contains(i.SourceId)).Select(i => new { i.SourceId, i.Hash }).ToDictionaryAsync(i => i.SourceId, i => i.Hash);
    }

    public void Remember(ImportedKind kind, string id, int ours, string hash, string left) => Db.ImportedItems.Add(new(Source, kind, id, ours, hash, left));

    /// <summary>By which a thing is remembered: its id at the source, however long that is.</summary>
    public static string Key(string id) => id.Length > ImportedItem.SourceIdLength ? Hash(id) : id;

    public static string Hash(object told) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(told)));

    public static string Hash(string told) => Hash(Encoding.UTF8.GetBytes(told));

    public static string Hash(byte[] told) => Convert.ToHexStringLower(SHA256.HashData(told));

    /// <summary>One that arrives later makes a text another.</summary>
    /// <param name="pictures">Those that stand in or above it, by our ids.</param>
    public static string WithPictures(string hash, IEnumerable<int> pictures)
    {
        var all = string.Join(' ', pictures);
        return all.Length == 0 ? hash : Hash($"{hash} {all}");
    }

    public static string Cut(string text, int atMost) => text.Length <= atMost ? text : text[..(atMost - 1)].TrimEnd() + "…";
}
