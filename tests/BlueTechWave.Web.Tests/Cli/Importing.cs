using System.CommandLine;
using BlueTechWave.Web.Cli;

namespace BlueTechWave.Web.Tests.Cli;

/// <summary>Somebody at the command line of the machine that the paper runs on.</summary>
internal static class Importing
{
    /// <summary>Within this process, on the paper's own store and data directory.</summary>
    public static async Task<(int Code, string Said, string Refused)> RunAsync(NewsSite site, string export, params string[] options)
    {
        using StringWriter said = new(), refused = new();
        var code = await Verbs.RunAsync(await ArgumentsAsync(site, export, options), new InvocationConfiguration { Output = said, Error = refused });
        return (code, said.ToString(), refused.ToString());
    }

    public static async Task<string[]> ArgumentsAsync(NewsSite site, string export, params string[] options)
    {
        var file = Path.Combine(site.Folder, "export.xml");
        await File.WriteAllTextAsync(file, export);
        return
        [
            "import", "wordpress", file, .. options, "--environment=Production", $"--contentRoot={Checkout.Web}", "--applicationName=BlueTechWave.Web", "--Serilog:MinimumLevel:Default=Fatal",
            "--Serilog:MinimumLevel:Override:Microsoft=Fatal", "--Serilog:MinimumLevel:Override:Microsoft.EntityFrameworkCore=Fatal",
            $"--Site:DataDirectory={site.Folder}", $"--Store:Provider={site.Store}", $"--ConnectionStrings:Store={site.Connection}",
        ];
    }
}
