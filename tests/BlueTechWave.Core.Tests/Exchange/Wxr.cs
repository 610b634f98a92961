using System.Globalization;
using System.Text;
using BlueTechWave.Core.Exchange;
using BlueTechWave.Core.Exchange.Wordpress;

namespace BlueTechWave.Core.Tests.Exchange;

/// <summary>An export of the Harbour Gazette, as WordPress would write it: a paper that never was.</summary>
internal sealed partial class Wxr(string version = "1.2")
{
    public const string Site = "https://harbour.example";

    private readonly StringBuilder _items = new();
    private string _head = """
        <wp:author><wp:author_id>3</wp:author_id><wp:author_login><![CDATA[tove]]></wp:author_login><wp:author_email><![CDATA[tove@harbour.example]]></wp:author_email><wp:author_display_name><![CDATA[Tove Lindqvist]]></wp:author_display_name></wp:author>
        <wp:category><wp:term_id>12</wp:term_id><wp:category_nicename>tides</wp:category_nicename><wp:category_parent>harbour</wp:category_parent><wp:cat_name><![CDATA[Tides &amp; currents]]></wp:cat_name></wp:category>
        <wp:category><wp:term_id>11</wp:term_id><wp:category_nicename>harbour</wp:category_nicename><wp:category_parent></wp:category_parent><wp:cat_name><![CDATA[Harbour]]></wp:cat_name></wp:category>
        <wp:tag><wp:term_id>21</wp:term_id><wp:tag_slug>cranes</wp:tag_slug><wp:tag_name><![CDATA[Cranes]]></wp:tag_name></wp:tag>

        """;

    public Wxr Head(string xml)
    {
        _head = xml;
        return this;
    }

    public Wxr Raw(string xml)
    {
        _items.Append(xml).Append('\n');
        return this;
    }

    public Wxr Post(int id, string title, string body = "Some words.", string status = "publish", string type = "post", string more = "", string? slug = null, string date = "2020-03-04 05:06:07", string link = "") => Raw(string.Create(CultureInfo.InvariantCulture, $"""
        <item>
          <title><![CDATA[{title}]]></title>
          <link>{(link.Length > 0 ? link : $"{Site}/{date[..4]}/{date[5..7]}/{slug ?? Slug.From(title)}/")}</link>
          <dc:creator><![CDATA[tove]]></dc:creator>
          <guid isPermaLink="false">{Site}/?p={id}</guid>
          <content:encoded><![CDATA[{body}]]></content:encoded>
          <excerpt:encoded><![CDATA[]]></excerpt:encoded>
          <wp:post_id>{id}</wp:post_id>
          <wp:post_date_gmt>{date}</wp:post_date_gmt>
          <wp:comment_status>open</wp:comment_status>
          <wp:post_name>{slug ?? Slug.From(title)}</wp:post_name>
          <wp:status>{status}</wp:status>
          <wp:post_type>{type}</wp:post_type>
          <category domain="category" nicename="tides"><![CDATA[Tides &amp; currents]]></category>
          <category domain="post_tag" nicename="cranes"><![CDATA[Cranes]]></category>
          {more}
        </item>
        """));

    /// <summary>A file of the old site, as its media library has it.</summary>
    public Wxr Picture(int id, string file, string alt = "", string caption = "", string more = "", int parent = 0) => Raw(string.Create(CultureInfo.InvariantCulture, $"""
        <item>
          <title><![CDATA[{Path.GetFileNameWithoutExtension(file)}]]></title>
          <excerpt:encoded><![CDATA[{caption}]]></excerpt:encoded>
          <wp:post_id>{id}</wp:post_id>
          <wp:post_parent>{parent}</wp:post_parent>
          <wp:status>inherit</wp:status>
          <wp:post_type>attachment</wp:post_type>
          <wp:attachment_url>{Site}/wp-content/uploads/{file}</wp:attachment_url>
          {Meta("_wp_attached_file", file)}{(alt.Length > 0 ? Meta("_wp_attachment_image_alt", alt) : "")}{more}
        </item>
        """));

    public static string Meta(string key, string value) => $"<wp:postmeta><wp:meta_key><![CDATA[{key}]]></wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>";

    public static string Comment(int id, string text, int parent = 0, string approved = "1", string date = "2020-03-05 10:00:00", string name = "Ines", string type = "") => string.Create(CultureInfo.InvariantCulture, $"""
        <wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author><![CDATA[{name}]]></wp:comment_author><wp:comment_author_email>ines@reader.example</wp:comment_author_email><wp:comment_author_IP>192.0.2.7</wp:comment_author_IP><wp:comment_date_gmt>{date}</wp:comment_date_gmt><wp:comment_content><![CDATA[{text}]]></wp:comment_content><wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>{type}</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent><wp:comment_user_id>0</wp:comment_user_id></wp:comment>
        """);

    public override string ToString() => $"""
        <?xml version="1.0" encoding="UTF-8" ?>
        <!-- generator="WordPress" -->
        <rss version="2.0" xmlns:excerpt="http://wordpress.org/export/{version}/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/{version}/">
        <channel>
          <title>The Harbour Gazette</title>
          <link>{Site}</link>
          <wp:wxr_version>{version}</wp:wxr_version>
          <wp:base_site_url>{Site}</wp:base_site_url>
          <wp:base_blog_url>{Site}</wp:base_blog_url>
        {_head}{_items}</channel>
        </rss>
        """;

    public static List<Incoming> Read(string export) => Read(Encoding.UTF8.GetBytes(export));

    public static List<Incoming> Read(byte[] export)
    {
        var wordpress = new WordpressExport(() => new MemoryStream(export));
        wordpress.Survey();
        return [.. wordpress.Read()];
    }
}
