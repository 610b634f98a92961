namespace BlueTechWave.Web.Tests;

/// <summary>Every address that a page answers, as the router knows it. A new page is a line here.</summary>
internal static class Addresses
{
    public static readonly string[] Pages = [];
}
