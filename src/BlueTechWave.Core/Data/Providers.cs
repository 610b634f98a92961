using BlueTechWave.Core.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace BlueTechWave.Core.Data;

/// <summary>The store in one file. Has a migration history of its own.</summary>
public sealed class SqliteNewsDbContext(DbContextOptions<SqliteNewsDbContext> options) : NewsDbContext(options)
{
    public override ArticleSearch Search => SqliteArticleSearch.Instance;
}

/// <summary>The store on a server. Has a migration history of its own.</summary>
public sealed class PostgresNewsDbContext(DbContextOptions<PostgresNewsDbContext> options) : NewsDbContext(options)
{
    public override ArticleSearch Search => PostgresArticleSearch.Instance;
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
