namespace BlueTechWave.Web.Pages.Newsroom;

/// <summary>
/// One text field of a newsroom form, with what was typed and what is wrong with it. There is no limit in the browser: a
/// text that is too long is never cut short on the way in, it is said to be too long.
/// </summary>
public sealed record FormField(string Name, string Label, string Value, string? Error)
{
    /// <summary>Lines shown; 0 for a field of one line.</summary>
    public int Rows { get; init; }

    public string? Class { get; init; }

    public string? Hint { get; init; }

    /// <summary>Counted beside the label as one types.</summary>
    public int Counts { get; init; }

    public string Described => string.Join(' ', new[] { Counts > 0 ? $"{Name}-count" : "", Hint is null ? "" : $"{Name}-hint", Error is null ? "" : $"{Name}-error" }.Where(id => id.Length > 0));
}
