using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace BlueTechWave.Core.Tests;

/// <summary>The test runs on SQLite and, where there is a server, on PostgreSQL.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnEachProviderAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Enum.GetValues<Provider>().Select(provider => new TheoryDataRow<Provider>(provider))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
