using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace BlueTechWave.Web.Tests;

/// <summary>Where the paper under test keeps its store.</summary>
public enum Store
{
    Sqlite,
    Postgres,
}

/// <summary>
/// The same sentence about the paper, on every store. Without a PostgreSQL server its cases are skipped by name; in
/// continuous integration, which must have one, they fail instead.
/// </summary>
public sealed class EachStoreAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([new TheoryDataRow<Store>(Store.Sqlite), new TheoryDataRow<Store>(Store.Postgres) { Skip = Postgres.WhyNot }]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
