using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace BlueTechWave.Web.Tests.Feeds;

/// <summary>What sitemaps.org and Google's page on news sitemaps ask for, put into schemas by us.</summary>
internal static class SitemapSchemas
{
    private const string Types = """
        <xs:simpleType name="address"><xs:restriction base="xs:anyURI"><xs:minLength value="12"/><xs:maxLength value="2048"/><xs:pattern value="https?://[^\s&lt;&gt;&quot;]+"/></xs:restriction></xs:simpleType>
        <xs:simpleType name="moment"><xs:union memberTypes="xs:date xs:dateTime"/></xs:simpleType>
        """;

    private const string Sitemap = $"""
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
            targetNamespace="http://www.sitemaps.org/schemas/sitemap/0.9" elementFormDefault="qualified">
          {Types}
          <xs:element name="urlset"><xs:complexType><xs:sequence>
            <xs:element name="url" maxOccurs="unbounded"><xs:complexType><xs:sequence>
              <xs:element name="loc" type="address"/>
              <xs:element name="lastmod" type="moment" minOccurs="0"/>
              <xs:element name="changefreq" minOccurs="0"/>
              <xs:element name="priority" type="xs:decimal" minOccurs="0"/>
              <xs:any namespace="##other" minOccurs="0" maxOccurs="unbounded" processContents="strict"/>
            </xs:sequence></xs:complexType></xs:element>
          </xs:sequence></xs:complexType></xs:element>
          <xs:element name="sitemapindex"><xs:complexType><xs:sequence>
            <xs:element name="sitemap" maxOccurs="unbounded"><xs:complexType><xs:sequence>
              <xs:element name="loc" type="address"/>
              <xs:element name="lastmod" type="moment" minOccurs="0"/>
            </xs:sequence></xs:complexType></xs:element>
          </xs:sequence></xs:complexType></xs:element>
        </xs:schema>
        """;

    private const string News = $"""
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://www.google.com/schemas/sitemap-news/0.9"
            targetNamespace="http://www.google.com/schemas/sitemap-news/0.9" elementFormDefault="qualified">
          {Types}
          <xs:simpleType name="words"><xs:restriction base="xs:string"><xs:minLength value="1"/></xs:restriction></xs:simpleType>
          <xs:element name="news"><xs:complexType><xs:sequence>
            <xs:element name="publication"><xs:complexType><xs:sequence>
              <xs:element name="name" type="words"/>
              <xs:element name="language"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="[a-z][a-z][a-z]?|zh-(cn|tw)"/></xs:restriction></xs:simpleType></xs:element>
            </xs:sequence></xs:complexType></xs:element>
            <xs:element name="publication_date" type="moment"/>
            <xs:element name="title" type="words"/>
          </xs:sequence></xs:complexType></xs:element>
        </xs:schema>
        """;

    private static readonly XmlSchemaSet Schemas = Compile(Sitemap, News);

    /// <summary>Fails where a sitemap, an index of them or a news sitemap breaks a rule of its kind.</summary>
    public static XElement AssertValid(string text)
    {
        Assert.True(text.Length < 50 << 20, $"{text.Length} characters are more than a sitemap may have.");
        var map = XDocument.Parse(text);
        Assert.Equal("utf-8", map.Declaration!.Encoding);
        map.Validate(Schemas, (_, wrong) => Assert.Fail(wrong.Message));
        Assert.True(map.Root!.Elements().Count() <= 50_000, "More than 50,000 addresses.");
        Assert.Distinct(map.Root.Elements().Select(e => e.Element(Reading.Map + "loc")!.Value));
        return map.Root;
    }

    private static XmlSchemaSet Compile(params string[] schemas)
    {
        var set = new XmlSchemaSet();
        foreach (var schema in schemas)
        {
            using var text = new StringReader(schema);
            using var xml = XmlReader.Create(text);
            set.Add(null, xml);
        }

        set.Compile();
        return set;
    }
}
