using BlueTechWave.Web.Cli;

return await Verbs.RunAsync(args);
