using System.Data;
using BlueTechWave.Core.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace BlueTechWave.Core.Data;

/// <summary>The store in one file. Has a migration history of its own.</summary>
public sealed class SqliteNewsDbContext(DbContextOptions<SqliteNewsDbContext> options) : NewsDbContext(options)
{
    public override ArticleSearch Search => SqliteArticleSearch.Instance;

    public override CommentSearch CommentSearch => SqliteCommentSearch.Instance;

    // The one level at which SQLite's driver does not ask for the right to write. What is read stays as it was all the same.
    public override Task<IDbContextTransaction> SnapshotAsync(CancellationToken cancellation) => Database.BeginTransactionAsync(IsolationLevel.ReadUncommitted, cancellation);

    // Its counters follow the highest number by themselves.
    internal override Task GoOnCountingAsync() => Task.CompletedTask;
}

/// <summary>The store on a server. Has a migration history of its own.</summary>
public sealed class PostgresNewsDbContext(DbContextOptions<PostgresNewsDbContext> options) : NewsDbContext(options)
{
    public override ArticleSearch Search => PostgresArticleSearch.Instance;

    public override CommentSearch CommentSearch => PostgresCommentSearch.Instance;

    public override Task<IDbContextTransaction> SnapshotAsync(CancellationToken cancellation) => Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);

    public override Task TellOthersAsync(string me) => PostgresWire.TellAsync(this, me, Noticed);

    internal override async Task GoOnCountingAsync()
    {
        foreach (var table in Model.GetRelationalModel().Tables.Where(t => t.Columns.Any(c => c.Name == "Id" && c.PropertyMappings.Any(m => m.Property.ValueGenerated == ValueGenerated.OnAdd))))
        {
            // A table's name is a word of ours, and cannot be a parameter.
            var sql = $"""SELECT setval(pg_get_serial_sequence('"{table.Name}"', 'Id'), COALESCE((SELECT MAX("Id") FROM "{table.Name}"), 0) + 1, false)""";
            await Database.ExecuteSqlRawAsync(sql);
        }
    }
}

internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteNewsDbContext>
{
    public SqliteNewsDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteNewsDbContext>().UseSqlite("Data Source=design.db").Options);
}

internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresNewsDbContext>
{
    public PostgresNewsDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresNewsDbContext>().UseNpgsql("Host=design").Options);
}
