namespace BlueTechWave.Web.Pages;

/// <summary>One field of a form, with what was typed and what is wrong with it.</summary>
public sealed record FieldView(string Name, string Label, string Value, string? Error)
{
    public string Type { get; init; } = "text";

    public int MaxLength { get; init; }

    public string? AutoComplete { get; init; }

    public bool IsLong { get; init; }

    /// <summary>Whether a reader is put here, at the first thing to mend.</summary>
    public bool TakesFocus { get; init; }
}
