using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BlueTechWave.Core.Tests.Data;

public class ModelTests
{
    [Fact]
    public void Both_migration_histories_make_the_model_as_it_is()
    {
        using var sqlite = new SqliteNewsDbContext(new DbContextOptionsBuilder<SqliteNewsDbContext>().UseSqlite("Data Source=none").Options);
        using var postgres = new PostgresNewsDbContext(new DbContextOptionsBuilder<PostgresNewsDbContext>().UseNpgsql("Host=none").Options);

        Assert.False(sqlite.Database.HasPendingModelChanges());
        Assert.False(postgres.Database.HasPendingModelChanges());
    }
}
