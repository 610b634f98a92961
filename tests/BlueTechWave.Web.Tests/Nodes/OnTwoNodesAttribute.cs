using Xunit.v3;

namespace BlueTechWave.Web.Tests.Nodes;

/// <summary>
/// Says of a test, or of all in a class, that on PostgreSQL it meets two nodes (<see cref="Switchboard"/>). Not for what is about
/// one node: what it alone logs, keeps in its data directory or has its jobs do, and how it stands a fault.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class OnTwoNodesAttribute : Attribute
{
    /// <summary>Whether it is said of the test that runs now.</summary>
    public static bool Holds => TestContext.Current.TestMethod is IXunitTestMethod test
        && (test.Method.IsDefined(typeof(OnTwoNodesAttribute), false) || test.TestClass.Class.IsDefined(typeof(OnTwoNodesAttribute), false));
}
