using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Audit;
using BlueTechWave.Web.Imports;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Options;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Pages.Newsroom.Settings;

/// <summary>Moving in: a file is brought and tried, and what it would do is shown; then it is imported, and what it did is shown.</summary>
[May(Act.Import)]
public class ImportModel(ImportKeeping keeping, ImportFolder folder, IOptions<ImportOptions> options, WhoActs acts) : NewsroomPageModel
{
    public ImportInHand? Hand { get; private set; }

    public double Share { get; private set; }

    public string Words { get; private set; } = "";

    /// <summary>Copies of uploads that pictures can come from.</summary>
    public IReadOnlyList<string> Uploads => folder.Uploads;

    public int MaxMegabytes => options.Value.MaxMegabytes;

    public string? Error { get; private set; }

    public void OnGet(string? wrong)
    {
        (Title, Here) = ("Moving in", "Settings");
        (Hand, Share, Words) = (keeping.InHand, keeping.Meter?.Share ?? 0, ImportEndpoints.Words(keeping.Meter));
        Error = wrong switch
        {
            "none" => "Please choose a file.",
            "zip" => "That is no ZIP that can be read: nothing of it is kept.",
            "large" => $"The file is larger than {MaxMegabytes:N0} MB. Raise Imports:MaxMegabytes, or import it on the command line.",
            "busy" => "An import is under way: wait for it, or stop it.",
            "broken" => "The file did not arrive whole. Please bring it again.",
            _ => null,
        };
    }

    public Task<IActionResult> OnPostTryAsync([FromForm] string? uploads) => BeginAsync(isDryRun: true, uploads);

    public Task<IActionResult> OnPostImportAsync([FromForm] string? uploads) => BeginAsync(isDryRun: false, uploads);

    public async Task<IActionResult> OnPostCheckAsync()
    {
        Said = await keeping.CheckAsync(acts());
        return RedirectToPage();
    }

    public IActionResult OnPostStop()
    {
        keeping.Stop();
        return RedirectToPage();
    }

    public IActionResult OnPostForget()
    {
        keeping.Forget();
        return RedirectToPage();
    }

    private async Task<IActionResult> BeginAsync(bool isDryRun, string? uploads)
    {
        Said = await keeping.BeginAsync(isDryRun, uploads ?? "", acts());
        return RedirectToPage();
    }
}
