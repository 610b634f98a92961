using BlueTechWave.Core.Articles;

namespace BlueTechWave.Core.Writing;

/// <summary>
/// What somebody has typed and not yet saved, one for each open editor: kept by every autosave, seen by nobody else,
/// gone once it is saved or discarded. So two hundred autosaves are one line of the history.
/// </summary>
public class WorkingCopy
{
    public const int KeyLength = 32;

    private WorkingCopy()
    {
    }

    public WorkingCopy(int articleId, int accountId, string key, int baseVersion, Manuscript text, DateTime now)
    {
        (ArticleId, AccountId, Key) = (articleId, accountId, key);
        Keep(baseVersion, text, 1, now);
    }

    public int Id { get; private set; }

    public int ArticleId { get; private set; }

    public int AccountId { get; private set; }

    /// <summary>Names the open editor: two windows of one person do not write over each other.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The version of the article that it began from.</summary>
    public int BaseVersion { get; private set; }

    public Manuscript Text { get; private set; } = Manuscript.Empty;

    /// <summary>Counts the editor's autosaves: one that arrives late does not overwrite a later one.</summary>
    public int Sequence { get; private set; }

    public DateTime SavedAt { get; private set; }

    /// <summary>Whether its words have been saved or thrown away: see <see cref="Close"/>.</summary>
    public bool IsClosed => Sequence == int.MaxValue;

    /// <returns>False if a later autosave is already here.</returns>
    public bool Keep(int baseVersion, Manuscript text, int sequence, DateTime now)
    {
        if (sequence < Sequence) return false;
        (BaseVersion, Text, Sequence, SavedAt) = (baseVersion, text, sequence, now);
        return true;
    }

    /// <summary>
    /// Its words are in the article, or thrown away. The empty row stays for a while, so that an autosave that was still
    /// on its way, or the same form sent twice, finds that it comes too late.
    /// </summary>
    public void Close(DateTime now) => (Text, Sequence, SavedAt) = (Manuscript.Empty, int.MaxValue, now);
}

/// <summary>Somebody has an article open. Gone half a minute after the last sign of life.</summary>
public class Presence
{
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(30);

    private Presence()
    {
    }

    public Presence(int articleId, int accountId, DateTime now) => (ArticleId, AccountId, SeenAt) = (articleId, accountId, now);

    public int ArticleId { get; private set; }

    public int AccountId { get; private set; }

    public DateTime SeenAt { get; private set; }

    public void See(DateTime now) => SeenAt = now;
}
