using BlueTechWave.Core.Articles;
using Xunit;

namespace BlueTechWave.Core.Tests.Articles;

/// <summary>Known ways to run a script, load something or dress up as ours; none of them reaches a page.</summary>
public class UnsafeMarkupTests
{
    public static TheoryData<string> Vectors =>
    [
        "<script>alert(1)</script>", "<SCRIPT SRC=//x.example/a.js></SCRIPT>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "<script\n>alert(1)</script >",
        "x <script>alert(1)</script> y", "<script/x>alert(1)</script>", "<script>alert(1)", "<<script>alert(1);//<</script>",
        "<img src=x onerror=alert(1)>", "<img src=/x onerror=alert(1)>", "<IMG SRC=\"javascript:alert(1)\">", "<img src=`javascript:alert(1)`>",
        "<img \"\"\"><script>alert(1)</script>\">", "<img src=\"/x\" srcset=\"https://x.example 1x\">", "<img src=/x style=\"background:url(//x.example)\">",
        "<img src='//x.example/a'>", "<img src=\"/\\x.example/a\">", "<img src=\" /\t/x.example\">", "<img/src=/x/onerror=alert(1)>", "<image src=x onerror=alert(1)>",
        "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg><a xlink:href=\"javascript:alert(1)\">x</a></svg>", "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mi xlink:href=\"javascript:alert(1)\">x</mi></math>", "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<iframe src=javascript:alert(1)></iframe>", "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>", "<object data=x.swf></object>", "<embed src=x.swf>", "<applet code=x></applet>",
        "<base href=//x.example/>", "<link rel=stylesheet href=//x.example/a.css>", "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
        "<style>@import '//x.example';</style>", "<div style=\"width:expression(alert(1))\">x</div>", "<p style=\"background:url(javascript:alert(1))\">x</p>",
        "<body onload=alert(1)>", "<html><head><title>x</title></head>", "<a href=\"javascript:alert(1)\">x</a>", "<a href=\"JaVaScRiPt:alert(1)\">x</a>",
        "<a href=\"java\nscript:alert(1)\">x</a>", "<a href=\"java&#9;script:alert(1)\">x</a>", "<a href=\"&#106;avascript:alert(1)\">x</a>", "<a href=\"javascript&colon;alert(1)\">x</a>",
        "<a href=\" &#14; javascript:alert(1)\">x</a>", "<a href=\"\u0001javascript:alert(1)\">x</a>", "<a href=\"vbscript:msgbox(1)\">x</a>", "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x</a>",
        "<a href=\"blob:https://x.example/1\">x</a>", "<a href=/x onclick=alert(1)>x</a>", "<a href=/x target=_blank rel=opener ping=//x.example>x</a>", "<a name=x href=\"view-source:x\">x</a>",
        "[x](javascript:alert(1))", "[x](JAVASCRIPT:alert(1))", "[x](<java\tscript:alert(1)>)", "[x](&#x6A;avascript:alert(1))", "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:x)", "[x](file:///etc/passwd)", "[x]: javascript:alert(1)\n\n[x]", "<javascript:alert(1)>", "<data:text/html;x>", "![x](javascript:alert(1))", "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
        "![x\" onerror=\"alert(1)](/x)", "![x](/x \"t\\\" onerror=\\\"alert(1)\")", "[x](/x\"onclick=alert(1))", "[x](/x 'a\" onclick=\"alert(1)')", "```\"><script>alert(1)</script>\nx\n```", "`<script>alert(1)</script>`",
        "::: \"><script>alert(1)</script>\nx\n:::", "::: note onclick=alert(1)\nx\n:::", "[^<script>]: x\n\ny[^<script>]", "# <img src=x onerror=alert(1)>", "# x {onclick=alert(1)}", "[x](/y){onclick=alert(1)}",
        "<details ontoggle=alert(1) open>x</details>", "<video src=//x.example autoplay></video>", "<audio src=//x.example></audio>", "<video><source onerror=alert(1)></video>", "<input onfocus=alert(1) autofocus>",
        "<button formaction=javascript:alert(1)>x</button>", "<form action=//x.example><input type=submit></form>", "<textarea autofocus onfocus=alert(1)>x</textarea>", "<select onfocus=alert(1)>x</select>",
        "<isindex action=javascript:alert(1)>", "<table background=javascript:alert(1)><td background=//x.example>x</td></table>", "<div id=main class=masthead>x</div>", "<p id=\"fn:1\">x</p>", "<x-y onclick=alert(1)>x</x-y>",
        "<template><script>alert(1)</script></template>", "<xmp><script>alert(1)</script></xmp>", "<plaintext><script>alert(1)</script>", "<![CDATA[<script>alert(1)</script>]]>", "<?xml version=1?><script>alert(1)</script>",
        "<!--><script>alert(1)</script>-->", "<!-- --!><img src=x onerror=alert(1)> -->", "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->", "<div x='\n\n<img src=x onerror=alert(1)>\n\n'>",
        "<a title=\"<img src=x onerror=alert(1)>\">x</a>", "<q cite=\"javascript:alert(1)\">x</q>", "<blockquote cite=\"javascript:alert(1)\">x</blockquote>", "<time datetime=\"&lt;script>\">x</time>", "<del cite=//x.example>x</del>",
        "<li value=\"javascript:alert(1)\">x</li>", "<ol><li><a href='javascript:alert(1)'>x</ol>", "<![if !IE]><marquee onstart=alert(1)>x</marquee>", "<slot onslotchange=x>x</slot>", "<dialog open>x</dialog>", "<portal src=//x.example></portal>",
        "</p></div></main><script>alert(1)</script>", "</body></html><script>alert(1)</script>", "\"><script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;", "<a href=x:y>z</a>", "<a href=\"//x.example\\@y\">z</a>",
    ];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Nothing_unsafe_reaches_a_page(string vector)
    {
        Dom.AssertSafe(ArticleBody.Press(vector).Html);
        Dom.AssertSafe(ArticleBody.Press($"words {vector} words\n\n> {vector}\n\n- {vector}").Html);
        Dom.AssertSafe(LightMarkdown.Bio(vector), withImages: false);
        Dom.AssertSafe(LightMarkdown.Comment(vector), withImages: false);
        Dom.AssertSafe(LightMarkdown.Inline(vector), withImages: false);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void What_was_printed_stays_the_same_when_read_and_printed_again(string vector)
    {
        var html = ArticleBody.Press(vector).Html;

        Assert.Equal(html, HtmlAllowList.Print(Dom.Parse(html)));
    }
}
