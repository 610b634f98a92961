namespace BlueTechWave.Core.Articles;

/// <summary>A search of the article list that somebody uses again: hers alone.</summary>
public class SavedView
{
    public const int NameLength = 60;
    public const int QueryLength = 500;
    public const int Most = 20;

    private SavedView()
    {
    }

    public SavedView(int accountId, string name, string query) => (AccountId, Name, Query) = (accountId, name, query);

    public int Id { get; private set; }

    public int AccountId { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>As it stands in the list's address, without a page.</summary>
    public string Query { get; private set; } = "";

    public void Keep(string query) => Query = query;
}
