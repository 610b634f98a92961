using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using BlueTechWave.Core.Frame;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace BlueTechWave.Web.TagHelpers;

/// <summary>
/// <c>&lt;pressed frame="Model.Frame" key="rail"&gt;</c>: what stands within shows the frame alone, and is made once for each
/// frame. A new frame, which comes with every save that touches it, has it made anew.
/// </summary>
[HtmlTargetElement("pressed")]
public sealed class PressedTagHelper : TagHelper
{
    private static readonly ConditionalWeakTable<SiteFrame, ConcurrentDictionary<string, HtmlString>> Made = [];

    public SiteFrame Frame { get; set; } = null!;

    /// <summary>Names the piece, and whatever it shows besides the frame. There must be few of them.</summary>
    public string Key { get; set; } = "";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        var pieces = Made.GetOrCreateValue(Frame);
        if (!pieces.TryGetValue(Key, out var piece))
            pieces[Key] = piece = new((await output.GetChildContentAsync()).GetContent());
        output.Content.SetHtmlContent(piece);
    }
}
