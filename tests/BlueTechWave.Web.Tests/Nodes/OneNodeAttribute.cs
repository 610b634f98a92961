using Xunit.v3;

namespace BlueTechWave.Web.Tests.Nodes;

/// <summary>
/// About the inside of one node, or about nodes that the test opens itself. Every other test on PostgreSQL meets two
/// (<see cref="Switchboard"/>).
/// </summary>
/// <param name="why">What one node alone knows.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class OneNodeAttribute(string why) : Attribute
{
    public string Why => why;

    /// <summary>Whether the test that runs now is marked so.</summary>
    public static bool Holds => TestContext.Current.TestMethod is IXunitTestMethod test
        && (test.Method.IsDefined(typeof(OneNodeAttribute), false) || test.TestClass.Class.IsDefined(typeof(OneNodeAttribute), false));
}
