using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace BlueTechWave.Core.Data;

public static class StoreSetup
{
    /// <summary>Registers <see cref="NewsDbContext"/> over the provider that configuration names.</summary>
    /// <param name="interceptors">Asked for once, as singletons.</param>
    public static IServiceCollection AddStore(this IServiceCollection services, string provider, string connection,
        Func<IServiceProvider, IEnumerable<IInterceptor>> interceptors)
    {
        switch (provider)
        {
            case "Sqlite":
                services.AddDbContextPool<NewsDbContext, SqliteNewsDbContext>((all, options) => options
                    .UseSqlite(connection)
                    .EnableThreadSafetyChecks(false)
                    .AddInterceptors([new SqliteConnectionSetup(), new SqliteStatements(), .. interceptors(all)]));
                break;
            case "Postgres":
                services.AddDbContextPool<NewsDbContext, PostgresNewsDbContext>((all, options) => options
                    .UseNpgsql(connection)
                    .EnableThreadSafetyChecks(false)
                    .AddInterceptors(interceptors(all)));
                break;
            default:
                throw new ArgumentException($"Store:Provider is \"{provider}\"; it must be Sqlite or Postgres.", nameof(provider));
        }

        return services;
    }
}
