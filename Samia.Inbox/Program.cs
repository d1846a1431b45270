await Samia.Inbox.SamiaInbox.Build(args).RunAsync();
