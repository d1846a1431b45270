# The inbox (default), and with --target migrate the program that brings the database to the same build's schema.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY Directory.Build.props Directory.Packages.props global.json .editorconfig ./
COPY Samia.Data/Samia.Data.csproj Samia.Data/
COPY Samia.Inbox/Samia.Inbox.csproj Samia.Inbox/
COPY Samia.Local/Samia.Local.csproj Samia.Local/
# Samia.Local refers to both others.
RUN dotnet restore Samia.Local
COPY Samia.Data Samia.Data
COPY Samia.Inbox Samia.Inbox
COPY Samia.Local Samia.Local
RUN dotnet publish Samia.Inbox -c Release --no-restore -o /out/inbox \
    && dotnet publish Samia.Local -c Release --no-restore -o /out/local

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS migrate
WORKDIR /app
COPY --from=build /out/local .
USER $APP_UID
ENTRYPOINT ["dotnet", "Samia.Local.dll", "migrate"]

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS inbox
WORKDIR /app
COPY --from=build /out/inbox .
USER $APP_UID
ENV ASPNETCORE_HTTP_PORTS=8080
EXPOSE 8080
# The image has no curl and no wget, but bash can ask: 200 is ready, 503 is not.
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/ready HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r _ code _ <&3 && [ \"$code\" = 200 ]"]
ENTRYPOINT ["dotnet", "Samia.Inbox.dll"]
