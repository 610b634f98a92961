using System.CommandLine;
using BlueTechWave.Core.Exchange;
using BlueTechWave.Core.Exchange.Ghost;
using BlueTechWave.Web.Imports;

namespace BlueTechWave.Web.Cli;

/// <summary><c>import ghost …</c>: an export, the folder of pictures that does not come with it, and the file of redirects.</summary>
internal static class GhostVerb
{
    private static readonly string[] RedirectFiles = ["redirects.yaml", "redirects.yml", "redirects.json"];

    public static Command Ghost()
    {
        var file = new Argument<FileInfo>("file") { Description = "A Ghost export (JSON), from Settings, Import/Export." };
        var media = new Option<FileSystemInfo>("--media") { Description = "A copy of content/images, or a ZIP of it: its pictures go to the library." };
        var redirects = new Option<FileInfo>("--redirects") { Description = "The site’s redirects.yaml or redirects.json; one beside the export is found by itself." };
        var site = new Option<string>("--site") { Description = "Where the old site is, such as https://paper.example: an export does not say, and links within old articles name it." };
        var category = new Option<string>("--category") { Description = "Files everything under this one category, instead of one for each tag that comes first." };
        var (dry, check) = (ImportVerbs.DryRun(), ImportVerbs.Check());
        var verb = new Command("ghost", "Imports a Ghost export. Run again, it updates what changed there, leaves what was edited here, and duplicates nothing.") { file, media, redirects, site, category, dry, check };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, cancellation) => GhostAsync(parsed, parsed.GetValue(file)!, parsed.GetValue(media), parsed.GetValue(redirects), parsed.GetValue(site) ?? "", parsed.GetValue(category)?.Trim(), parsed.GetValue(dry), parsed.GetValue(check), cancellation));
        return verb;
    }

    private static async Task<int> GhostAsync(ParseResult parsed, FileInfo file, FileSystemInfo? media, FileInfo? redirects, string site, string? category, bool isDryRun, bool isCheck, CancellationToken cancellation)
    {
        var error = parsed.InvocationConfiguration.Error;
        if (!file.Exists) return await ImportVerbs.RefuseAsync(error, $"There is no file {file.FullName}.");
        if (Uploads.WhyNot(media) is { } why) return await ImportVerbs.RefuseAsync(error, why);
        if (redirects is { Exists: false }) return await ImportVerbs.RefuseAsync(error, $"There is no file {redirects.FullName}.");
        if (site.Length > 0 && !(Uri.TryCreate(site, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")) return await ImportVerbs.RefuseAsync(error, $"{site} is no address of a site, such as https://paper.example.");

        var export = new GhostExport(file.OpenRead, site) { Category = string.IsNullOrEmpty(category) ? null : category };
        await Task.Run(export.Survey, cancellation);
        if (!export.IsOne) return await ImportVerbs.RefuseAsync(error, $"{file.Name} is no Ghost export: it has no posts in it.");

        redirects ??= RedirectFiles.Select(name => new FileInfo(Path.Combine(file.DirectoryName!, name))).FirstOrDefault(f => f.Exists);
        var led = redirects is null ? [] : GhostRedirects.Read(await File.ReadAllTextAsync(redirects.FullName, cancellation)).ToList();
        return await ImportVerbs.RunAsync(parsed, new("Ghost", export.Source, progress => export.Read(progress).Concat(led)), file.Length, Uploads.Open(media is DirectoryInfo folder ? Images(folder) : media), isDryRun, isCheck, cancellation);
    }

    /// <summary>Whoever copied the whole site, or the folder above the pictures, means the pictures.</summary>
    private static DirectoryInfo Images(DirectoryInfo media) =>
        new[] { "content/images", "images" }.Select(inside => new DirectoryInfo(Path.Combine(media.FullName, inside))).FirstOrDefault(d => d.Exists) ?? media;
}
