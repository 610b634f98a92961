using System.Threading.RateLimiting;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Api;
using BlueTechWave.Web.Backups;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Faults;
using BlueTechWave.Web.Feeds;
using BlueTechWave.Web.Heralds;
using BlueTechWave.Web.Imports;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Mail;
using BlueTechWave.Web.Media;
using BlueTechWave.Web.Options;
using BlueTechWave.Web.Pages;
using BlueTechWave.Web.Pages.Newsroom.Articles;
using BlueTechWave.Web.Pages.Newsroom.Pictures;
using BlueTechWave.Web.Pages.Newsroom.Settings;
using BlueTechWave.Web.Redirects;
using BlueTechWave.Web.Security;
using BlueTechWave.Web.Watching;
using BlueTechWave.Web.Webhooks;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web;

/// <summary>How the site is put together: what it needs, and the order in which a request walks through it.</summary>
internal static class Site
{
    public static WebApplicationBuilder Builder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        var load = builder.Configuration.GetSection("Load").Get<LoadOptions>() ?? new();
        builder.WebHost.ConfigureKestrel(kestrel => Limits.Set(kestrel, load));
        // Outside Development too: run from its folder, the site still finds its own files.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddLogs(builder.Configuration);
        AddServices(builder);
        return builder;
    }

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var app = builder.Build();
        UsePipeline(app);
        return app;
    }

    private static void AddServices(WebApplicationBuilder builder)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        var given = Settings.Of(configuration);
        services.AddSingleton(given);
        services.AddOptions<Settings>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<Settings>>(given);
        services.AddOptions<SiteOptions>().BindConfiguration("Site").ValidateDataAnnotations()
            .Validate(site => TimeZoneInfo.TryFindSystemTimeZoneById(site.TimeZone, out _), "Site:TimeZone is not a time zone known here; use an IANA name, for example Europe/Lisbon.")
            .ValidateOnStart();
        services.AddOptions<StoreOptions>().BindConfiguration("Store").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<WebhookOptions>().BindConfiguration("Webhooks").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<LoadOptions>().BindConfiguration("Load").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RateLimitOptions>().BindConfiguration("RateLimits").ValidateDataAnnotations().ValidateOnStart();

        services.AddProxies();
        services.AddTelemetry(configuration);
        services.AddOptions<CommentOptions>().BindConfiguration("Comments").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<MailOptions>().BindConfiguration("Mail").ValidateDataAnnotations()
            .Validate(mail => MimeKit.MailboxAddress.TryParse(mail.From, out _), "Mail:From is not an e-mail address; write desk@btw.example, or The Wave <desk@btw.example>.")
            .Validate<IOptions<SiteOptions>>((mail, site) => !mail.HasServer || site.Value.BaseUrl is not null, "Mail:Host is set: set Site:BaseUrl too, since letters hold links.")
            .ValidateOnStart();

        services.AddSingleton(TimeProvider.System);
        var store = configuration.GetSection("Store").Get<StoreOptions>() ?? new();
        if (store.Provider is not ("Sqlite" or "Postgres"))
            throw new OptionsValidationException(nameof(StoreOptions), typeof(StoreOptions), ["Store:Provider must be Sqlite or Postgres."]);
        services.AddStore(store.Provider, StoreFile.Connection(configuration, builder.Environment.ContentRootPath),
            all => [all.GetRequiredService<CacheInvalidation>()]);
        services.AddBackups(store.Provider, StoreFile.Connection(configuration, builder.Environment.ContentRootPath));
        services.AddPictureStore();

        services.AddStoredKeys();
        services.AddRazorPages(pages =>
        {
            pages.Conventions.AddFurtherPages();
            pages.Conventions.AuthorizeFolder("/Newsroom", nameof(Act.Write));
            pages.Conventions.AuthorizeFolder("/Profile", nameof(Act.Write));
        }).AddMvcOptions(OnlyPlainForms);
        services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = "btw-form";
            forms.SuppressXFrameOptionsHeader = true;
        });
        services.AddSigningIn();
        services.AddHttpContextAccessor();
        services.AddSingleton<SiteAddress>();
        services.AddSingleton<Dates>();
        services.AddSingleton<SiteClock>();
        services.AddSingleton<SiteFacts>();
        services.AddSingleton<FeedMoments>();
        services.AddScoped<Receipts.PublicPlaces>();
        services.AddRouting(routing => routing.AddPartsOfAddresses());

        services.AddSingleton<ViewCounter>();
        services.AddSingleton<EmptySearchCounter>();
        services.AddSingleton<MissedAddressCounter>();
        services.AddSingleton<ViewKeeping>();
        services.AddHostedService(all => all.GetRequiredService<ViewKeeping>());
        services.AddSingleton<TrashKeeping>();
        services.AddHostedService(all => all.GetRequiredService<TrashKeeping>());
        services.AddSingleton<PictureKeeping>();
        services.AddHostedService(all => all.GetRequiredService<PictureKeeping>());
        services.AddOptions<ImportOptions>().BindConfiguration("Imports").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ImportFolder>();
        services.AddSingleton<OwnPipeline>();
        services.AddSingleton<ImportKeeping>();
        services.AddHostedService(all => all.GetRequiredService<ImportKeeping>());
        services.AddSingleton<ScheduleKeeping>();
        services.AddHostedService(all => all.GetRequiredService<ScheduleKeeping>());

        services.AddSingleton<IMail>(all => all.GetRequiredService<IOptions<MailOptions>>().Value.HasServer
            ? ActivatorUtilities.CreateInstance<SmtpMail>(all)
            : ActivatorUtilities.CreateInstance<FileMail>(all));
        services.AddSingleton<MailSending>();
        services.AddHostedService(all => all.GetRequiredService<MailSending>());
        services.AddSingleton<SpamLearning>();
        services.AddHostedService(all => all.GetRequiredService<SpamLearning>());
        services.AddSingleton<Rehearsals>();
        services.AddSingleton<GroupDeciding>();
        services.AddHostedService(all => all.GetRequiredService<GroupDeciding>());
        services.AddSingleton<CommentIndexing>();
        services.AddHostedService(all => all.GetRequiredService<CommentIndexing>());
        services.AddSingleton<DiscussionKeeping>();
        services.AddHostedService(all => all.GetRequiredService<DiscussionKeeping>());

        services.AddSingleton(all => new Outside(all.GetRequiredService<IOptions<WebhookOptions>>().Value.AllowPrivateAddresses));
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<WebhookPost>();
        services.AddSingleton<WebhookSending>();
        services.AddHostedService(all => all.GetRequiredService<WebhookSending>());

        AddHeralds(services, configuration);
        AddCaching(services);
        services.AddSingleton<SharedCounts>();
        services.AddSingleton<WriteLimits>();
        services.AddApi();
        services.AddSingleton<CommentLimits>();
        services.AddSingleton<SealedKeys>();
        services.AddSingleton<CommentReception>();
        services.AddHealthChecks().AddDbContextCheck<NewsDbContext>().AddCheck<Stopping>("stopping");
        services.AddStopping();
    }

    // Names such as “a[b]” have no meaning here, and one with a bracket left open would end in a failure.
    private static void OnlyPlainForms(MvcOptions mvc)
    {
        mvc.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
        mvc.ValueProviderFactories.RemoveType<JQueryQueryStringValueProviderFactory>();
    }

    private static void AddHeralds(IServiceCollection services, ConfigurationManager configuration)
    {
        services.AddHeraldOptions();
        if (!string.IsNullOrEmpty(configuration["WebSub:Hub"])) Add<HubHerald>();
        if (!string.IsNullOrEmpty(configuration["IndexNow:Key"])) Add<IndexHerald>();

        void Add<T>()
            where T : Herald
        {
            services.AddSingleton<T>();
            services.AddSingleton<Herald>(all => all.GetRequiredService<T>());
            services.AddHostedService(all => all.GetRequiredService<T>());
        }
    }

    private static void AddCaching(IServiceCollection services)
    {
        services.AddSingleton<StoreWatch>();
        services.AddSingleton<Evictions>();
        services.AddSingleton<SiteFrames>();
        services.AddSingleton<EmbargoGuard>();
        services.AddSingleton<CacheInvalidation>();
        services.AddHostedService<OtherNodes>();
        services.AddOutputCache(cache =>
        {
            cache.SizeLimit = 32 << 20;
            cache.AddPolicy(ReaderPagePolicy.Name, new ReaderPagePolicy(TimeSpan.FromHours(6)));
            cache.AddPolicy(ReaderPagePolicy.BriefName, new ReaderPagePolicy(TimeSpan.FromMinutes(5)));
            cache.AddPolicy(ReaderPagePolicy.ArticleName, new ReaderPagePolicy(TimeSpan.FromHours(6), "replyto", "comments", "order", "sent"));
            cache.AddPolicy(ReaderPagePolicy.StandingName, new ReaderPagePolicy(TimeSpan.FromHours(6), "sent"));
            cache.AddPolicy(ReaderPagePolicy.SearchName, new ReaderPagePolicy(TimeSpan.FromMinutes(10), "q", "category", "author", "from", "to", "sort", "page"));
            cache.AddPolicy(ReaderPagePolicy.ApiName, new ReaderPagePolicy(TimeSpan.FromHours(6), Operations.QueryKeys));
        });
        Guard(services);
        services.AddResponseCompression(compression =>
        {
            // Cached pages hold no secret, and nothing else is compressed on its way out of here.
            compression.EnableForHttps = true;
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/rss+xml", "application/atom+xml", "application/feed+json", "application/ld+json", "image/svg+xml"];
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = System.IO.Compression.CompressionLevel.Optimal);
    }

    /// <summary>Puts the guard in front of whichever store output caching has brought.</summary>
    private static void Guard(IServiceCollection services)
    {
        var inner = services.Last(s => s.ServiceType == typeof(IOutputCacheStore));
        services.Remove(inner);
        services.AddSingleton(all => ActivatorUtilities.CreateInstance<KeptLonger>(all, (IOutputCacheStore)(inner.ImplementationInstance ?? inner.ImplementationFactory?.Invoke(all) ?? ActivatorUtilities.CreateInstance(all, inner.ImplementationType!))));
        services.AddSingleton<IOutputCacheStore>(all => new GuardedCacheStore(
            all.GetRequiredService<KeptLonger>(),
            all.GetRequiredService<Evictions>(),
            all.GetRequiredService<Figures>()));
    }

    internal static void UsePipeline(WebApplication app)
    {
        foreach (var unknown in app.Services.GetRequiredService<Settings>().Unknown) app.Logger.LogWarning("{Unknown}", unknown);
        app.UseGoodbye();
        app.UseRequestIds();
        app.UseForwardedHeaders();
        app.UseRequestLog();
        app.UseMetrics();
        app.UseOwnQuestions();
        app.UseExceptionHandler("/error/500");
        app.UseSecurityHeaders();
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.UseFaultAnswers();
        app.UseOldAddresses();
        app.UseOldQuestions();
        app.UseCanonicalSpelling();
        app.UseFormCharset();
        app.UseFewEncodings();
        app.UseKeptForms();
        app.UseForesight();
        app.UseRouting();
        app.UseOutsized();
        app.UseWriteLimits();
        app.UseApiDoor();
        app.UseViewCounter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseStaleAnswers();
        app.UseOutputCache();
        app.UseEntityTags();
        app.UseFewAtOnce();
        app.UseResponseCompression();

        app.MapStaticAssets();
        app.MapRazorPages().WithStaticAssets();
        app.MapFeeds();
        app.MapApi();
        app.MapMedia();
        app.MapPictures();
        app.MapImports();
        app.MapWriting();
        app.MapHealthChecks("/healthz/live", new() { Predicate = _ => false });
        app.MapHealthChecks("/healthz/ready", new() { ResponseWriter = Readiness.WriteAsync });
    }
}
