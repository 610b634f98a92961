namespace BlueTechWave.Core.Exchange.Wordpress;

/// <summary>One element of the export's channel, as text.</summary>
/// <param name="Name">With its prefix: <c>item</c>, <c>wp:author</c>.</param>
/// <param name="IsWhole">False if the file ends in the middle of it, or if it is larger than anything we would keep.</param>
internal readonly record struct ExportFragment(string Name, string Xml, bool IsWhole);

/// <summary>
/// Cuts an export into the elements of its channel without reading them: an element that is no XML harms itself alone,
/// and a file of any size costs no more memory than its largest element.
/// </summary>
internal sealed class ExportFragments(TextReader export)
{
    /// <summary>In characters. What is longer is no article.</summary>
    public const int LongestElement = 32_000_000;

    private const int Step = 1 << 16;
    private const int HeadLength = 2000;
    private const int LongestName = 60;

    private char[] _text = new char[2 * Step];
    private int _at;
    private int _end;

    public bool HasDocumentType { get; private set; }

    public IEnumerable<ExportFragment> Read()
    {
        while (Find("<", _at) is var tag and >= 0)
        {
            _at = tag;
            LetGo();
            if (Begins("<!--")) PassBy("-->");
            else if (Begins("<![CDATA[")) PassBy("]]>");
            else if (Begins("<?")) PassBy("?>");
            else if (Begins("<!")) PassDeclaration();
            else if (Name() is not { Length: > 0 } name) _at++;
            else if (name is "rss" or "channel" || name[0] == '/') PassBy(">");
            else yield return Cut(name);
        }
    }

    private ExportFragment Cut(string name)
    {
        var open = Find(">", _at);
        if (open > 0 && _text[open - 1] == '/') return Take(name, open + 1);

        var closing = $"</{name}>";
        var from = _at + 1;
        while (from >= 0 && Find("<", from) is var tag and >= 0)
        {
            if (tag - _at > LongestElement) return PassHuge(name, closing);
            if (Begins(closing, tag)) return Take(name, tag + closing.Length);
            from = Begins("<![CDATA[", tag) ? Find("]]>", tag) : Begins("<!--", tag) ? Find("-->", tag) : tag + 1;
        }

        var rest = Head();
        _at = _end;
        return new(name, rest, IsWhole: false);
    }

    private ExportFragment Take(string name, int end)
    {
        var xml = new string(_text, _at, end - _at);
        _at = end;
        return new(name, xml, IsWhole: true);
    }

    private ExportFragment PassHuge(string name, string closing)
    {
        var head = Head();
        PassBy(closing);
        return new(name, head, IsWhole: false);
    }

    private string Head() => new(_text, _at, Math.Min(_end - _at, HeadLength));

    /// <summary>With all it declares, which is not read.</summary>
    private void PassDeclaration()
    {
        HasDocumentType = true;
        var inner = Find("[", _at);
        if (inner >= 0 && inner < Find(">", _at)) PassBy("]");
        PassBy(">");
    }

    private void PassBy(string what)
    {
        while (true)
        {
            var found = _text.AsSpan(_at, _end - _at).IndexOf(what);
            if (found >= 0)
            {
                _at += found + what.Length;
                return;
            }

            _at = Math.Max(_at, _end - what.Length + 1);
            LetGo();
            if (Fill()) continue;
            _at = _end;
            return;
        }
    }

    private string Name()
    {
        while (_end - _at < LongestName && Fill()) { }

        var text = _text.AsSpan(_at + 1, Math.Min(LongestName, _end - _at) - 1);
        var end = text.IndexOfAny(" \t\r\n>");
        return end < 0 ? "" : text[..end].TrimEnd('/').ToString();
    }

    private bool Begins(string what) => Begins(what, _at);

    private bool Begins(string what, int at)
    {
        while (_end - at < what.Length && Fill()) { }

        return _text.AsSpan(at, _end - at).StartsWith(what);
    }

    private int Find(string what, int from)
    {
        while (true)
        {
            var found = _text.AsSpan(from, _end - from).IndexOf(what);
            if (found >= 0) return from + found;
            if (_end - _at > LongestElement + Step) return _end - 1;

            from = Math.Max(from, _end - what.Length + 1);
            if (!Fill()) return -1;
        }
    }

    private bool Fill()
    {
        if (_end == _text.Length) Array.Resize(ref _text, _text.Length * 2);
        var read = export.Read(_text, _end, Math.Min(Step, _text.Length - _end));
        _end += read;
        return read > 0;
    }

    /// <summary>What is behind us makes room for what is ahead.</summary>
    private void LetGo()
    {
        if (_at < Step) return;
        Array.Copy(_text, _at, _text, 0, _end - _at);
        (_at, _end) = (0, _end - _at);
        // A huge element does not keep its room.
        if (_text.Length > 64 * Step && _end < 2 * Step) Array.Resize(ref _text, 4 * Step);
    }
}
