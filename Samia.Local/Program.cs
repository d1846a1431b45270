return await Samia.Local.LocalProgram.RunAsync(args);
