namespace BlueTechWave.Web.Pages;

/// <summary>One field of a form, with what was typed and what is wrong with it.</summary>
public sealed record FieldView(string Name, string Label, string Value, string? Error)
{
    public string Type { get; init; } = "text";

    public int MaxLength { get; init; }

    public string? AutoComplete { get; init; }

    public bool IsLong { get; init; }

    public bool IsOptional { get; init; }

    /// <summary>Said under the field before anything is wrong.</summary>
    public string? Hint { get; init; }

    /// <summary>Which keys a phone shows.</summary>
    public string? InputMode { get; init; }

    public string? DescribedBy => (Error, Hint) switch
    {
        (null, null) => null,
        (null, _) => $"{Name}-hint",
        (_, null) => $"{Name}-error",
        _ => $"{Name}-error {Name}-hint",
    };

    /// <summary>Whether a reader is put here, at the first thing to mend.</summary>
    public bool TakesFocus { get; init; }
}
