namespace BlueTechWave.Core.Exchange.Wordpress;

/// <summary>
/// Who signs: one account or, with a plugin for several authors, whoever it lists, guests without an account among them.
/// An account is named by its login, in any case; plugins name it by its slug.
/// </summary>
internal sealed class WordpressAuthors
{
    private const string Coauthor = "cap-";

    private readonly Dictionary<string, string> _logins = new(StringComparer.OrdinalIgnoreCase);

    public Incoming Meet(Element author)
    {
        var login = author["wp:author_login"].Trim();
        var name = First(WordpressText.Plain(author["wp:author_display_name"]), WordpressText.Plain($"{author["wp:author_first_name"]} {author["wp:author_last_name"]}"), login);
        if (login.Length == 0) return Refuse(author["wp:author_id"], name, "It has no login name, by which articles would name it.");

        _logins.TryAdd(login, login);
        _logins.TryAdd(Slug.From(login), login);
        // An address with a person's e-mail in it would tell that e-mail to everybody.
        return new IncomingAuthor(login, author["wp:author_id"], name, login.Contains('@') ? name : login, "");
    }

    /// <summary>Somebody without an account, as Co-Authors Plus keeps them.</summary>
    public Incoming Guest(Element item, string id, string title)
    {
        var meta = WordpressItems.Meta(item).ToList();
        var key = Bare(First(Value("cap-user_login"), item["wp:post_name"].Trim()));
        var name = First(WordpressText.Plain(Value("cap-display_name")), title, key);
        if (key.Length == 0) return Refuse(id, name, "It has no name by which articles would name it.");
        if (_logins.TryGetValue(Value("cap-linked_account"), out var account))
        {
            _logins.TryAdd(key, account);
            return Refuse(id, name, $"It is the account “{account}” once more, and that is here.");
        }

        return new IncomingAuthor(KeyOf(key), "", name, key, WordpressText.Plain(First(Value("cap-description"), item["content:encoded"])));

        string Value(string of) => meta.Find(m => m.Key == of).Value?.Trim() ?? "";
    }

    /// <summary>In the order in which they sign.</summary>
    public IReadOnlyList<IncomingTerm> Of(Element item)
    {
        var listed = item.Parts.Where(p => p.Name == "category" && p.Attributes.GetValueOrDefault("domain") == "author")
            .Select(p => (Key: First(Bare(p.Attributes.GetValueOrDefault("nicename") ?? ""), p.Text.Trim()), Name: WordpressText.Plain(p.Text)));
        var creators = item.Parts.Where(p => p.Name == "dc:creator").Select(p => (Key: p.Text.Trim(), Name: ""));
        var signed = listed.Select(One).Where(a => a.Key.Length > 0).DistinctBy(a => a.Key).ToList();
        return signed.Count > 0 ? signed : [.. creators.Select(One).Where(a => a.Key.Length > 0).DistinctBy(a => a.Key)];

        IncomingTerm One((string Key, string Name) named) => new(KeyOf(named.Key), named.Name);
    }

    // A stray sign beside a login makes nobody new of it.
    private string KeyOf(string name) => _logins.GetValueOrDefault(name) ?? _logins.GetValueOrDefault(Slug.From(name), name);

    private static string Bare(string name) => name.Trim() is var bare && bare.StartsWith(Coauthor, StringComparison.Ordinal) ? bare[Coauthor.Length..] : bare;

    private static string First(params string[] texts) => texts.FirstOrDefault(t => t.Length > 0) ?? "";

    private static IncomingRefusal Refuse(string id, string name, string why) => new(new("author", id, name, why));
}
