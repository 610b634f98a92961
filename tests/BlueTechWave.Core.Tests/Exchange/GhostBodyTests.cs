using System.Text.Json;
using BlueTechWave.Core.Exchange;
using Xunit;

namespace BlueTechWave.Core.Tests.Exchange;

/// <summary>What becomes of a text that was written in Ghost, in either of its editors.</summary>
public class GhostBodyTests
{
    [Theory]
    [InlineData("""{"type":"paragraph","children":[{"type":"extended-text","text":"Plain, ","format":0},{"type":"extended-text","text":"bold","format":1},{"type":"text","text":" both","format":3},{"type":"text","text":" and ","format":0},{"type":"text","text":"gone","format":4},{"type":"linebreak"},{"type":"text","text":"x = 1","format":16}]}""", "Plain, **bold *both*** and ~~gone~~\\\n`x = 1`\n")]
    [InlineData("""{"type":"paragraph","children":[{"type":"text","text":"H","format":0},{"type":"text","text":"2","format":32},{"type":"text","text":"O, x","format":0},{"type":"text","text":"2","format":64},{"type":"text","text":", ","format":0},{"type":"text","text":"seen","format":128},{"type":"text","text":" ","format":0},{"type":"text","text":"under","format":8}]}""", "H<sub>2</sub>O, x<sup>2</sup>, <mark>seen</mark> <u>under</u>\n")]
    [InlineData("""{"type":"paragraph","children":[{"type":"link","url":"__GHOST_URL__/neap-tide/","children":[{"type":"text","text":"ours","format":0}]},{"type":"text","text":", ","format":0},{"type":"link","url":"https://www.harbour.example/old/","children":[{"type":"text","text":"ours too","format":0}]},{"type":"text","text":" and ","format":0},{"type":"autolink","url":"https://else.example/","children":[{"type":"text","text":"theirs","format":1}]}]}""", "[ours](/neap-tide/), [ours too](/old/) and [**theirs**](https://else.example/)\n")]
    [InlineData("""{"type":"extended-heading","tag":"h3","children":[{"type":"text","text":"Why","format":0}]}""", "### Why\n")]
    [InlineData("""{"type":"list","listType":"bullet","children":[{"type":"listitem","children":[{"type":"text","text":"One"}]},{"type":"listitem","children":[{"type":"list","listType":"number","start":3,"children":[{"type":"listitem","children":[{"type":"text","text":"Deep"}]}]}]},{"type":"listitem","children":[{"type":"text","text":"Two"}]}]}""", "- One\n\n  3. Deep\n- Two\n")]
    [InlineData("""{"type":"list","listType":"number","start":1,"children":[{"type":"listitem","children":[{"type":"text","text":"One"}]},{"type":"listitem","children":[{"type":"text","text":"Two"}]}]}""", "1. One\n2. Two\n")]
    [InlineData("""{"type":"extended-quote","children":[{"type":"text","text":"Said she."}]}""", "> Said she.\n")]
    [InlineData("""{"type":"aside","children":[{"type":"text","text":"Said he."}]}""", "> Said he.\n")]
    [InlineData("""{"type":"horizontalrule"}""", "---\n")]
    [InlineData("""{"type":"image","src":"https://else.example/mast.jpg","alt":"A mast","caption":"In fog"}""", "![A mast](https://else.example/mast.jpg \"In fog\")\n")]
    [InlineData("""{"type":"image","src":"https://else.example/mast.jpg","alt":"A mast","caption":"By <a href=\"https://else.example/\">them</a>"}""", "<figure><img src=\"https://else.example/mast.jpg\" alt=\"A mast\"><figcaption>By <a href=\"https://else.example/\">them</a></figcaption></figure>\n")]
    [InlineData("""{"type":"gallery","images":[{"src":"https://else.example/a.jpg","alt":"A"},{"src":"https://else.example/b.jpg"}],"caption":"Both"}""", "::: gallery\n![A](https://else.example/a.jpg)\n\n![](https://else.example/b.jpg)\n:::\n\nBoth\n")]
    [InlineData("""{"type":"codeblock","language":"sql","code":"SELECT 1 < 2;\n\nGO","caption":"Old"}""", "```sql\nSELECT 1 < 2;\n\nGO\n```\n\nOld\n")]
    [InlineData("""{"type":"html","html":"<section><p>Typed <b>so</b>.</p></section>"}""", "Typed **so**.\n")]
    [InlineData("""{"type":"markdown","markdown":"## Why\n\n| Port | Ships |\n| --- | --- |\n| Brest | 4 |\n\nBecause *so*."}""", "## Why\n\n| Port | Ships |\n| --- | --- |\n| Brest | 4 |\n\nBecause *so*.\n")]
    [InlineData("""{"type":"embed","url":"https://www.youtube.com/watch?v=aaaaaaaaaaa","html":"<iframe src=\"x\"></iframe>","caption":"Watch"}""", "![](https://www.youtube.com/watch?v=aaaaaaaaaaa)\n\nWatch\n")]
    [InlineData("""{"type":"embed","url":"https://maps.example/m","html":"<iframe src=\"https://maps.example/m\"></iframe>"}""", "<https://maps.example/m>\n")]
    [InlineData("""{"type":"embed","url":"https://birds.example/1","html":"<blockquote><p>A cry</p></blockquote><script src=\"x\"></script>"}""", "> A cry\n")]
    [InlineData("""{"type":"bookmark","url":"https://else.example/a","metadata":{"title":"Their story","description":"Of a crane.","author":"Ann","publisher":"Else"},"caption":"Read it"}""", "[Their story](https://else.example/a)\\\nOf a crane.\\\nAnn\\\nElse\n\nRead it\n")]
    [InlineData("""{"type":"callout","calloutEmoji":"💡","calloutText":"Mind the <b>tide</b>."}""", "::: note\n💡 Mind the **tide**.\n:::\n")]
    [InlineData("""{"type":"toggle","heading":"How?","content":"<p>So.</p>"}""", "<details><summary>How?</summary><p>So.</p></details>\n")]
    [InlineData("""{"type":"button","buttonText":"Join","buttonUrl":"https://else.example/join"}""", "[Join](https://else.example/join)\n")]
    [InlineData("""{"type":"video","src":"__GHOST_URL__/content/media/tide.mp4","fileName":"tide.mp4","caption":"It rises"}""", "[tide.mp4](/content/media/tide.mp4)\n\nIt rises\n")]
    [InlineData("""{"type":"audio","src":"https://else.example/a.mp3","title":"The horn"}""", "[The horn](https://else.example/a.mp3)\n")]
    [InlineData("""{"type":"file","src":"https://else.example/a.pdf","fileTitle":"The report","fileCaption":"All of it","fileName":"a.pdf"}""", "[The report](https://else.example/a.pdf)\\\nAll of it\\\na.pdf\n")]
    [InlineData("""{"type":"header","version":2,"heading":"Spring","subheading":"and tide","buttonEnabled":true,"buttonText":"Go","buttonUrl":"https://else.example/"}""", "## Spring\n\nand tide\n\n[Go](https://else.example/)\n")]
    [InlineData("""{"type":"product","productTitle":"A rope","productDescription":"<p>Strong.</p>","productRatingEnabled":true,"productStarRating":4,"productButtonEnabled":true,"productButton":"Buy","productUrl":"https://else.example/"}""", "#### A rope\n\n★★★★☆\n\nStrong.\n\n[Buy](https://else.example/)\n")]
    [InlineData("""{"type":"call-to-action","sponsorLabel":"<p>Paid</p>","textValue":"<p>Come.</p>","showButton":true,"buttonText":"Now","buttonUrl":"https://else.example/"}""", "Paid\n\nCome.\n\n[Now](https://else.example/)\n")]
    [InlineData("""{"type":"paragraph","children":[{"type":"text","text":"2 * 3 * 4 and [brackets] and <b> & snake_case"}]}""", "2 \\* 3 \\* 4 and \\[brackets\\] and \\<b> & snake_case\n")]
    public void A_body_becomes_the_papers_markdown(string block, string markdown)
    {
        var (article, _) = Set("{\"root\":{\"children\":[" + block + "]}}");

        Assert.Equal(markdown, article.Body.Set.Markdown);
    }

    [Theory]
    [InlineData("""{"type":"paywall"}""", "The line where members read on is not kept")]
    [InlineData("""{"type":"signup","header":"Join"}""", "A form to sign up is not kept")]
    [InlineData("""{"type":"email","html":"<p>Dear reader</p>"}""", "What was said in the letter alone is not kept")]
    [InlineData("""{"type":"email-cta","html":"<p>Dear reader</p>"}""", "What was said in the letter alone is not kept")]
    [InlineData("""{"type":"html","html":"<p>Members</p>","visibility":{"web":{"nonMember":false,"memberSegment":"status:free"}}}""", "What members alone could read is not kept")]
    public void What_no_reader_of_the_site_saw_is_left_out_and_told(string card, string note)
    {
        var (article, notes) = Set("{\"root\":{\"children\":[{\"type\":\"paragraph\",\"children\":[{\"type\":\"text\",\"text\":\"Before.\"}]}," + card + "]}}");

        Assert.Equal("Before.\n", article.Body.Set.Markdown);
        Assert.Contains(note, notes);
    }

    [Theory]
    [InlineData("""{"type":"tide-table","children":[{"type":"paragraph","children":[{"type":"text","text":"High at "},{"type":"text","text":"noon","format":1}]}]}""", "High at **noon**\n")]
    [InlineData("""{"type":"tide-table","cardTitle":"High water","colour":"red","note":{"text":"at noon"},"url":"https://else.example"}""", "High water at noon\n")]
    public void What_is_unknown_gives_its_words_and_is_named(string card, string markdown)
    {
        var (article, notes) = Set("{\"root\":{\"children\":[" + card + "]}}");

        Assert.Equal(markdown, article.Body.Set.Markdown);
        Assert.Contains("The card “tide-table” is unknown here: its words stay", notes);
    }

    [Fact]
    public void The_editor_before_is_read_as_well()
    {
        const string mobiledoc = """
            {"version":"0.3.1","atoms":[["soft-return","",{}],["mention","@tove",{}]],"cards":[["image",{"src":"__GHOST_URL__/content/images/2020/01/mast.jpg","alt":"A mast"}],["hr",{}],["card-markdown",{"markdown":"# Big\n\nWords"}],["code",{"code":"a < b","language":"c"}],["tide-table",{"title":"High water"}]],
            "markups":[["strong"],["a",["href","__GHOST_URL__/neap/"]],["em"]],
            "sections":[[1,"h2",[[0,[],0,"Why"]]],[1,"p",[[0,[],0,"Plain "],[0,[0],0,"bold "],[0,[2],2,"both"],[1,[],0,0],[0,[1],1,"link"],[1,[],0,1]]],[10,0],[10,1],[3,"ol",[[[0,[],0,"One"]],[[0,[],0,"Two"]]]],[1,"blockquote",[[0,[],0,"Said"]]],[10,2],[10,3],[10,4],[2,"https://else.example/old.jpg"],[10,99],[77]]}
            """;

        var article = Read(new GhostFile().Post("p1", "One", null, new { mobiledoc, html = "<p>Not this.</p>" }));

        Assert.Equal(
            "## Why\n\nPlain **bold *both***\\\n[link](/neap/)@tove\n\n![A mast](https://harbour.example/content/images/2020/01/mast.jpg)\n\n---\n\n1. One\n2. Two\n\n> Said\n\n# Big\n\nWords\n\n```c\na < b\n```\n\nHigh water\n\n![](https://else.example/old.jpg)\n",
            article.Body.Set.Markdown);
        Assert.Contains("The card “tide-table” is unknown here: its words stay", article.Notes);
        Assert.Contains("The sign “mention” is unknown here: its words stay", article.Notes);
        Assert.Contains("A part of its Mobiledoc is of no known kind, and not kept", article.Notes);
    }

    [Theory]
    [InlineData("{\"root\":", "<p>From <b>HTML</b>.</p>", "", "From **HTML**.\n")]
    [InlineData("[]", "<p>From <b>HTML</b>.</p>", "", "From **HTML**.\n")]
    [InlineData(null, "<p>From HTML.</p>", "", "From HTML.\n")]
    [InlineData(null, null, "One * two.\n\nThree.", "One \\* two.\n\nThree.\n")]
    [InlineData(null, null, null, "")]
    public void Where_one_form_of_a_text_cannot_be_read_the_next_is(string? lexical, string? html, string? plaintext, string markdown) =>
        Assert.Equal(markdown, Read(new GhostFile().Post("p1", "One", lexical, new { html, plaintext })).Body.Set.Markdown);

    private static (IncomingArticle Article, IReadOnlyList<string> Notes) Set(string lexical)
    {
        using var _ = JsonDocument.Parse(lexical);
        var article = Read(new GhostFile().Post("p1", "One", lexical));
        return (article, [.. article.Notes, .. article.Body.Set.Notes]);
    }

    private static IncomingArticle Read(GhostFile file) => GhostFile.Read(file.ToString(), GhostFile.Site).OfType<IncomingArticle>().Single();
}
