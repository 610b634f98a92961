using System.Security.Cryptography;
using System.Text;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BlueTechWave.Core.Api;

/// <summary>
/// Lets a program of somebody's read more at once than anybody may. It opens nothing that is not public. Whoever has the key is
/// its reader: the store has only its SHA-256, and how it begins. Times are UTC.
/// </summary>
public class ApiKey
{
    public const int NameLength = 120;

    /// <summary>Every key begins so: found in a log or a repository, it says what it is.</summary>
    public const string Mark = "btw_";

    private const int SecretLength = 48;
    private const int ShownLength = 8;

    private ApiKey()
    {
    }

    /// <param name="key">Known to nobody afterwards.</param>
    /// <param name="name">Whose it is, in the newsroom's words.</param>
    public ApiKey(string key, string name, string by, DateTime now) =>
        (Hash, Beginning, Name, By, CreatedAt) = (HashOf(key), key[..(Mark.Length + ShownLength)], name, by, now);

    public int Id { get; private set; }

    public string Name { get; private set; } = "";

    public string Hash { get; private set; } = "";

    /// <summary>Enough to tell two keys apart, too little to guess one.</summary>
    public string Beginning { get; private set; } = "";

    public string By { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    public DateTime? RevokedAt { get; private set; }

    /// <summary>The last day it was used, and how often on that day: written down at most once an hour.</summary>
    public DateOnly? UsedOn { get; private set; }

    /// <inheritdoc cref="UsedOn"/>
    public long Requests { get; private set; }

    /// <summary>A fresh one.</summary>
    public static string Make() => Mark + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretLength / 2));

    /// <summary>Whether this could be a key at all: the first question asked, before the store is.</summary>
    public static bool IsOne(string text) =>
        text.Length == Mark.Length + SecretLength && text.StartsWith(Mark, StringComparison.Ordinal) && text[Mark.Length..].All(char.IsAsciiHexDigitLower);

    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>For good: who needs one again is given another.</summary>
    public void Revoke(DateTime now) => RevokedAt ??= now;

    /// <summary>Adds what was counted. An older day than the one known says nothing any more.</summary>
    public static async Task AddAsync(NewsDbContext db, IEnumerable<(int Id, DateOnly Day, long Requests)> counted)
    {
        foreach (var (id, day, requests) in counted.OrderBy(c => c.Day).ThenBy(c => c.Id))
        {
            await db.ApiKeys.Where(k => k.Id == id && (k.UsedOn == null || k.UsedOn <= day)).ExecuteUpdateAsync(set => set
                .SetProperty(k => k.Requests, k => k.UsedOn == day ? k.Requests + requests : requests)
                .SetProperty(k => k.UsedOn, day));
        }
    }
}

internal sealed class ApiKeyMapping : IEntityTypeConfiguration<ApiKey>
{
    public void Configure(EntityTypeBuilder<ApiKey> key)
    {
        key.Property(k => k.Name).HasMaxLength(ApiKey.NameLength);
        key.Property(k => k.Hash).HasMaxLength(64);
        key.Property(k => k.Beginning).HasMaxLength(20);
        key.Property(k => k.By).HasMaxLength(120);
        key.HasIndex(k => k.Hash).IsUnique();
    }
}
