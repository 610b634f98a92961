using System.CommandLine;
using BlueTechWave.Web.Cli;

namespace BlueTechWave.Web.Tests.Cli;

/// <summary>Whoever runs the machine types a verb, with the paper's store and folder.</summary>
internal static class CommandLine
{
    public static async Task<(int Code, string Said, string Refused)> TypeAsync(this NewsSite site, params string[] words)
    {
        using StringWriter said = new(), refused = new();
        var code = await Verbs.RunAsync(
        [
            .. words, "--environment=Production", $"--contentRoot={Checkout.Web}", "--applicationName=BlueTechWave.Web", "--Serilog:MinimumLevel:Default=Fatal",
            "--Serilog:MinimumLevel:Override:Microsoft=Fatal", "--Serilog:MinimumLevel:Override:Microsoft.EntityFrameworkCore=Fatal",
            $"--Site:DataDirectory={site.Folder}", $"--Store:Provider={site.Store}", $"--ConnectionStrings:Store={site.Connection}",
        ], new InvocationConfiguration { Output = said, Error = refused });
        return (code, said.ToString(), refused.ToString());
    }
}
