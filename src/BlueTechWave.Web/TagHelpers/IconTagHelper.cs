using BlueTechWave.Web.Links;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace BlueTechWave.Web.TagHelpers;

/// <summary><c>&lt;icon name="search" /&gt;</c>: one symbol of the sprite, hidden from screen readers. Name the control, not the icon.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper : TagHelper
{
    public string Name { get; set; } = "";

    /// <summary>The newsroom’s own symbols are in a sheet that readers do not load.</summary>
    public string Sheet { get; set; } = "";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext View { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "ico");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.SetHtmlContent($"<use href=\"{Asset.Of(View.HttpContext, Sheet is { Length: > 0 } sheet ? $"img/icons-{sheet}.svg" : "img/icons.svg")}#{Name}\"/>");
    }
}
