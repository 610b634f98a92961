namespace BlueTechWave.Web.Receipts;

/// <summary>One public place, and whether it says of an article what the store says.</summary>
/// <param name="Wrong">What it says instead; null if it is right.</param>
public sealed record ReceiptLine(string Place, string Address, string? Wrong);

/// <summary>What anonymous readers find of an article, everywhere, as the site itself has just found it.</summary>
/// <param name="IsPublic">Whether they are to find it, or to find it gone.</param>
/// <param name="Milliseconds">From the question to the last right answer.</param>
public sealed record Receipt(bool IsPublic, IReadOnlyList<ReceiptLine> Lines, int Milliseconds)
{
    public IEnumerable<ReceiptLine> Wrong => Lines.Where(l => l.Wrong is not null);

    public bool IsRight => !Wrong.Any();

    /// <summary>In a sentence.</summary>
    public string Says
    {
        get
        {
            if (IsRight) return FormattableString.Invariant($"{(IsPublic ? "Live" : "Gone")} everywhere in {Milliseconds} ms.");
            var wrong = Wrong.ToList();
            return $"Not everywhere yet: {string.Join("; ", wrong.Take(3).Select(l => $"{l.Place} ({l.Address}) {l.Wrong}"))}{(wrong.Count > 3 ? $"; and {wrong.Count - 3} more" : "")}.";
        }
    }
}
