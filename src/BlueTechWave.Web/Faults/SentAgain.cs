using BlueTechWave.Web.Security;

namespace BlueTechWave.Web.Faults;

/// <summary>What somebody sent and nobody could keep: given back to her, to be sent again as it is.</summary>
/// <param name="Words">The longest of what she typed, to be seen and changed.</param>
/// <param name="Secrets">Fields that are never given back, and have to be typed again.</param>
/// <param name="HasFiles">Whether there were files too, which a page cannot give back.</param>
internal sealed record SentAgain(string Address, KeyValuePair<string, string>? Words, IReadOnlyList<KeyValuePair<string, string>> Rest, IReadOnlyList<string> Secrets, bool HasFiles)
{
    private const int ShortestWords = 20;

    public static SentAgain? Of(HttpContext http) => http.Items[typeof(SentAgain)] as SentAgain;

    /// <summary>Only what came from a page of ours: nobody is made to send what another site has written.</summary>
    public static async Task KeepAsync(HttpContext http)
    {
        if (FaultAnswers.IsReading(http.Request) || !http.Request.HasFormContentType || !SameOrigin.IsFromHere(http.Request)) return;
        var address = http.Request.Path + http.Request.QueryString;
        if (await KeptForm.ReadAsync(http) is not { } form) return;

        var fields = form.SelectMany(field => field.Value.Select(value => new KeyValuePair<string, string>(field.Key, value ?? ""))).ToList();
        var secrets = fields.FindAll(f => KeptForm.IsSecret(f.Key)).ConvertAll(f => f.Key);
        var open = fields.FindAll(f => !KeptForm.IsSecret(f.Key));
        KeyValuePair<string, string>? words = open.Where(f => f.Key[0] != '_' && f.Value.Length >= ShortestWords && f.Value.Any(char.IsWhiteSpace)).OrderByDescending(f => f.Value.Length).Select(f => (KeyValuePair<string, string>?)f).FirstOrDefault();
        if (words is { } shown) open.Remove(shown);
        http.Items[typeof(SentAgain)] = new SentAgain(address, words, open, [.. secrets.Distinct()], form.Files.Count > 0);
    }
}
